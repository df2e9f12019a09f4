import type { Tag } from "@aws-sdk/client-iam";
import { check, defaultsKey, defaultValues, type Checked } from "./check";
import { changedInputs, diff, noDifference, type Difference } from "./diff";
import { PartlyCreated, unlessMissing } from "./errors";
import { parametersOf, propertiesOf } from "./live";
import { isNothing, secret, unknown } from "./wire-values";
import { uniqueName, type Naming } from "./naming";
import { untilSeen } from "./propagation";
import { optionalText, present, type Properties } from "./properties";
import type { ConnectedAccount } from "./account";
import type { ResourceType, Work } from "./resource";
import { changedTags, readTags, tagInputs } from "./tags";
import { resourceTypes } from "./types";

/** A resource as it is in AWS, and the inputs that would make it so. */
interface Found {
  readonly id: string;
  readonly state: Properties;
  readonly inputs: Properties;
}

/** The life of the resources in one account: check, diff, create, read, update, remove. */
export class Lifecycle {
  constructor(readonly account: ConnectedAccount) {}

  check(
    urn: string,
    olds: Properties,
    news: Properties,
    naming: Naming,
  ): Checked {
    const type = knownType(urn);
    // Any type can be previewed; only what is deployed has to be known.
    if (!type) return { inputs: news, failures: [] };
    const { tagRules } = this.account;
    return check(type, urn, olds, news, { tagRules, naming });
  }

  diff(
    urn: string,
    state: Properties,
    oldInputs: Properties,
    news: Properties,
  ): Difference {
    const type = knownType(urn);
    return type ? diff(type, state, oldInputs, news) : noDifference;
  }

  /** What a creation would give: its inputs, and what only AWS will tell. */
  previewCreate(urn: string, inputs: Properties): Properties {
    const type = knownType(urn);
    if (!type) return inputs;
    const untold = [
      ...Object.keys(type.outputs ?? {}),
      ...(inputs["namePrefix"] === undefined ? [] : ["name"]),
    ].map((name) => [name, unknown] as const);
    return hideSecrets(type, {
      ...Object.fromEntries(untold),
      ...withoutDefaults(inputs),
    });
  }

  /** What an update would give: a new name or path changes the ARN too. */
  previewUpdate(urn: string, state: Properties, news: Properties): Properties {
    const type = knownType(urn);
    const after = { ...state, ...withoutDefaults(news) };
    if (!type) return after;
    const moved = ["name", "path"].some((one) => state[one] !== after[one]);
    return hideSecrets(type, {
      ...after,
      ...(moved && type.outputs && "arn" in type.outputs
        ? { arn: unknown }
        : {}),
    });
  }

  async create(
    urn: string,
    given: Properties,
  ): Promise<{ id: string; state: Properties }> {
    const type = deployableType(urn);
    const prefix = given["namePrefix"];
    const inputs = withoutDefaults({
      ...(typeof prefix === "string" ? { name: uniqueName(prefix) } : {}),
      ...given,
    });
    const answer = await type.create(this.work(type, "", inputs));
    const told = { ...answer } as Properties;
    const made = { ...present(propertiesOf(type, told)), ...inputs };
    const id = currentId(type, String(told["id"]), made);
    try {
      const work = this.work(type, id, inputs);
      for (const name of changedInputs(type, {}, inputs)) {
        const { afterCreation, update } = type.inputs[name] ?? {};
        if (afterCreation) await update?.(work);
      }
      const live = await untilSeen(() =>
        unlessMissing(this.readLive(type, id, made)),
      );
      return { id, state: stateOf(type, made, live) };
    } catch (error) {
      throw new PartlyCreated(id, stateOf(type, made, {}), error);
    }
  }

  /** The live resource; undefined when it is gone. Without a state, it is an import. */
  async read(
    urn: string,
    given: string,
    state: Properties,
    inputs: Properties,
  ): Promise<Found | undefined> {
    const type = deployableType(urn);
    const isImport = Object.keys(state).length === 0;
    const { id, ...place } = isImport ? placeIn(type, given) : { id: given };
    const known = isImport ? { ...fromId(type, urn, id), ...place } : state;
    const now = currentId(type, id, known);
    const live = await this.readLive(type, now, known);
    if (!live) return undefined;
    const after = { ...(isImport ? defaultValues(type, {}) : {}), ...known };
    return {
      id: now,
      state: stateOf(type, after, live),
      inputs: inputsOf(type, inputs, stateValues(type, after, live), isImport),
    };
  }

  async update(
    urn: string,
    id: string,
    state: Properties,
    news: Properties,
  ): Promise<Properties> {
    const type = deployableType(urn);
    // What the program took away is no longer there, unless AWS still tells it.
    const kept = Object.entries(state).filter(
      ([name]) => !(name in type.inputs) || type.inputs[name]?.computed,
    );
    const after = { ...Object.fromEntries(kept), ...withoutDefaults(news) };
    await this.change(type, id, state, after);
    const now = currentId(type, id, after);
    if (type.tags) {
      const work = this.work(type, now, after);
      const { removed, set } = changedTags(state, after);
      if (removed.length > 0) await type.tags.remove(work, removed);
      if (set.length > 0) await type.tags.set(work, set);
    }
    return stateOf(type, after, await this.readLive(type, now, after));
  }

  /** The call for what has none of its own goes first: it may rename the resource. */
  private async change(
    type: ResourceType,
    id: string,
    before: Properties,
    after: Properties,
  ): Promise<void> {
    const changed = changedInputs(type, before, after).filter(
      (name) => !(name in tagInputs),
    );
    const own = changed.flatMap((name) => type.inputs[name]?.update ?? []);
    const old = currentId(type, id, before);
    if (own.length < changed.length) {
      await type.update?.(this.work(type, old, after, before));
    }
    const now = this.work(type, currentId(type, id, after), after, before);
    for (const update of own) await update(now);
  }

  async remove(urn: string, id: string, state: Properties): Promise<void> {
    const type = deployableType(urn);
    const work = this.work(type, currentId(type, id, state), state);
    if (!(await unlessMissing(type.find(work)))) return;
    await type.clear?.(work);
    await unlessMissing(type.remove(work));
  }

  /** Only the first call's answer means that the resource is gone. */
  private async readLive(
    type: ResourceType,
    id: string,
    state: Properties,
  ): Promise<Properties | undefined> {
    const work = this.work(type, id, state);
    const found = await unlessMissing(type.find(work));
    if (!found) return undefined;
    const details = await type.details?.(work, found as never);
    const live = { ...found, ...details } as Properties;
    const tags = live["Tags"] as readonly Tag[] | undefined;
    return {
      ...propertiesOf(type, live),
      ...("region" in type.inputs ? { region: work.region } : {}),
      ...(type.tags ? readTags(this.account.tagRules, state, tags) : {}),
    };
  }

  private work(
    type: ResourceType,
    id: string,
    properties: Properties,
    before: Properties = {},
  ): Work {
    const { accountId, iam, servicesIn, region: usual } = this.account;
    const region = optionalText(properties, "region") ?? usual;
    return {
      ...{ accountId, region, iam, ...servicesIn(region) },
      ...{ id, properties, before },
      parameters: parametersOf(type, properties) as never,
    };
  }
}

const typeToken = (urn: string): string =>
  urn.split("::")[2]?.split("$").at(-1) ?? "";

const knownType = (urn: string): ResourceType | undefined =>
  resourceTypes[typeToken(urn)];

function deployableType(urn: string): ResourceType {
  const type = knownType(urn);
  if (type) return type;
  throw new Error(
    `the sandbox deploys ${Object.keys(resourceTypes).join(", ")}, and not ${typeToken(urn)}`,
  );
}

/** A resource that is renamed has another id from then on. */
const currentId = (
  type: ResourceType,
  id: string,
  properties: Properties,
): string => (type.id && optionalText(properties, type.id)) ?? id;

function fromId(type: ResourceType, urn: string, id: string): Properties {
  if (type.fromId === "never") {
    throw new Error(
      `${typeToken(urn)} can't be imported, here or with the real provider: let the program create it`,
    );
  }
  return { ...(type.id ? { [type.id]: id } : {}), ...type.fromId?.(id) };
}

/**
 * What an import's id says of the region, for a resource that has one: `id@us-west-2`. Source: the AWS
 * provider's guide, "Enhanced Region Support".
 */
function placeIn(
  { inputs }: ResourceType,
  given: string,
): { readonly id: string; readonly region?: string } {
  const { id, region } =
    /^(?<id>.+)@(?<region>[a-z]{2}(?:-[a-z]+)+-\d)$/.exec(given)?.groups ?? {};
  return "region" in inputs && id !== undefined && region !== undefined
    ? { id, region }
    : { id: given };
}

const withoutDefaults = (inputs: Properties): Properties =>
  Object.fromEntries(
    Object.entries(inputs).filter(([name]) => name !== defaultsKey),
  );

/** The live values go before the known ones, which stay where both mean the same. */
const stateValues = (
  { inputs }: ResourceType,
  known: Properties,
  live: Properties | undefined,
): Properties => ({
  ...known,
  ...Object.fromEntries(
    Object.entries(live ?? {}).filter(
      ([name, value]) => !inputs[name]?.same?.(known[name], value),
    ),
  ),
});

const stateOf = (
  type: ResourceType,
  known: Properties,
  live: Properties | undefined,
): Properties => hideSecrets(type, stateValues(type, known, live));

/** Inputs that give the state: those the program gave, and those that are no longer usual. */
function inputsOf(
  type: ResourceType,
  before: Properties,
  state: Properties,
  isImport: boolean,
): Properties {
  const told = Object.entries(type.inputs).flatMap(
    ([name, { default: usual, computed }]) => {
      if (isNothing(state[name])) {
        return isNothing(before[name]) ? [[name, before[name]] as const] : [];
      }
      const asked = name in before || isImport;
      return asked || (!computed && state[name] !== usual)
        ? [[name, state[name]] as const]
        : [];
    },
  );
  return {
    ...Object.fromEntries(told),
    [defaultsKey]: before[defaultsKey] ?? [],
  };
}

function hideSecrets(type: ResourceType, state: Properties): Properties {
  const hidden = (type.secrets ?? [])
    .filter((name) => state[name] !== undefined)
    .map((name) => [name, secret(state[name])] as const);
  return { ...state, ...Object.fromEntries(hidden) };
}

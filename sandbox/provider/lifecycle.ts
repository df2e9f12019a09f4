import type { Tag } from "@aws-sdk/client-iam";
import { check, defaultsKey, type Checked } from "./check";
import { changedInputs, diff, noDifference, type Difference } from "./diff";
import { PartlyCreated, unlessMissing } from "./errors";
import { isNothing, secret, unknown } from "./wire-values";
import { uniqueName, type Naming } from "./naming";
import { optionalText, text, type Properties } from "./properties";
import type { Clients, ConnectedAccount } from "./account";
import type { ResourceType } from "./resource";
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
      ...(type.outputs ?? []),
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
      ...(moved && type.outputs?.includes("arn") ? { arn: unknown } : {}),
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
    const clients = this.clientsFor(inputs);
    const created = await type.create(clients, inputs);
    const { id, outputs } =
      typeof created === "string" ? { id: created, outputs: {} } : created;
    const made = { ...inputs, ...outputs };
    try {
      for (const name of changedInputs(type, {}, inputs)) {
        const { afterCreation, update } = type.inputs[name] ?? {};
        if (afterCreation) await update?.(clients, id, inputs, {});
      }
      const live = await this.readLive(type, id, made);
      return { id, state: stateOf(type, made, live) };
    } catch (error) {
      throw new PartlyCreated(id, stateOf(type, made, {}), error);
    }
  }

  /** The live resource; undefined when it is gone. Without a state, it is an import. */
  async read(
    urn: string,
    id: string,
    state: Properties,
    inputs: Properties,
  ): Promise<Found | undefined> {
    const type = deployableType(urn);
    const isImport = Object.keys(state).length === 0;
    const known = isImport ? fromId(type, urn, id) : state;
    const now = currentId(type, id, known);
    const live = await this.readLive(type, now, known);
    if (!live) return undefined;
    const after = { ...(isImport ? defaultsFor(type) : {}), ...known };
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
    const inputs = withoutDefaults(news);
    // What the program took away is no longer there, unless AWS still tells it.
    const kept = Object.entries(state).filter(
      ([name]) => !(name in type.inputs) || type.inputs[name]?.computed,
    );
    const after = { ...Object.fromEntries(kept), ...inputs };
    await this.change(type, id, state, inputs);
    const now = currentId(type, id, after);
    if (type.tags) await this.changeTags(type.tags, now, state, after);
    return stateOf(type, after, await this.readLive(type, now, after));
  }

  /** The call for what has none of its own goes first: it may rename the resource. */
  private async change(
    type: ResourceType,
    id: string,
    state: Properties,
    inputs: Properties,
  ): Promise<void> {
    const clients = this.clientsFor(inputs);
    const changed = changedInputs(type, state, inputs).filter(
      (name) => !(name in tagInputs),
    );
    const own = changed.flatMap((name) => type.inputs[name]?.update ?? []);
    if (own.length < changed.length) {
      await type.update?.(clients, currentId(type, id, state), inputs, state);
    }
    const now = currentId(type, id, inputs);
    for (const update of own) await update(clients, now, inputs, state);
  }

  private async changeTags(
    tags: NonNullable<ResourceType["tags"]>,
    id: string,
    state: Properties,
    after: Properties,
  ): Promise<void> {
    const clients = this.clientsFor(after);
    const { removed, set } = changedTags(state, after);
    if (removed.length > 0) await tags.remove(clients, id, removed, after);
    if (set.length > 0) await tags.set(clients, id, set, after);
  }

  async remove(urn: string, id: string, state: Properties): Promise<void> {
    const type = deployableType(urn);
    const clients = this.clientsFor(state);
    const now = currentId(type, id, state);
    await unlessMissing(type.remove(clients, now, state));
  }

  private async readLive(
    type: ResourceType,
    id: string,
    state: Properties,
  ): Promise<Properties | undefined> {
    const clients = this.clientsFor(state);
    const live = await unlessMissing(type.read(clients, id, state));
    if (!live) return undefined;
    const tags = live["tags"] as readonly Tag[] | undefined;
    return {
      ...live,
      ...("region" in type.inputs ? { region: clients.region } : {}),
      ...(type.tags ? readTags(this.account.tagRules, state, tags) : {}),
    };
  }

  private clientsFor(properties: Properties): Clients {
    const { accountId, iam, servicesIn, region: usual } = this.account;
    const region = optionalText(properties, "region") ?? usual;
    return { accountId, region, iam, ...servicesIn(region) };
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

const currentId = (
  type: ResourceType,
  id: string,
  state: Properties,
): string => (type.idIsName && "name" in state ? text(state, "name") : id);

function fromId(type: ResourceType, urn: string, id: string): Properties {
  if (type.fromId) return type.fromId(id);
  throw new Error(
    `${typeToken(urn)} can't be imported, here or with the real provider: let the program create it`,
  );
}

const withoutDefaults = (inputs: Properties): Properties =>
  Object.fromEntries(
    Object.entries(inputs).filter(([name]) => name !== defaultsKey),
  );

const defaultsFor = ({ inputs }: ResourceType): Properties =>
  Object.fromEntries(
    Object.entries(inputs)
      .filter(([, one]) => one.default !== undefined)
      .map(([name, one]) => [name, one.default]),
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

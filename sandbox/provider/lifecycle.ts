import { randomBytes } from "node:crypto";
import { differs } from "./equality";
import { isMissing } from "./missing";
import {
  tagsOf,
  type ConnectedAccount,
  type Properties,
  type ResourceType,
} from "./resource";
import { resourceTypes } from "./types";

/** By this key the engine knows an object that stands for a secret. */
const secretMark = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
};

/** The life of the resources in one account: check, diff, create, read, update, remove. */
export class Lifecycle {
  constructor(private readonly account: ConnectedAccount) {}

  /** Fills in what the program left out. */
  check(urn: string, olds: Properties, news: Properties): Properties {
    const type = knownType(urn);
    // Any type can be previewed; only what is deployed has to be known.
    if (!type) return news;
    const { named } = type;
    return {
      ...type.defaults,
      ...news,
      ...(named !== undefined && news[named] === undefined
        ? { [named]: olds[named] ?? autoName(urn) }
        : {}),
      ...(type.tagged
        ? { tagsAll: { ...this.account.defaultTags, ...tagsOf(news, "tags") } }
        : {}),
    };
  }

  diff(urn: string, olds: Properties, news: Properties) {
    const type = knownType(urn);
    if (!type) return { changed: [], replaces: [] };
    const names = new Set([
      ...Object.keys(news),
      ...optionalInputs(type, olds),
    ]);
    const changed = [...names]
      .filter((name) => !name.startsWith("__"))
      .filter((name) =>
        differs(type, name, plainValue(olds[name]), news[name]),
      );
    return {
      changed,
      replaces: changed.filter((name) => type.replaceOn.includes(name)),
    };
  }

  async create(
    urn: string,
    inputs: Properties,
  ): Promise<{ id: string; state: Properties }> {
    const type = deployableType(urn);
    const { id, once } = await type.create(this.account, inputs);
    const live = await type.read(this.account, id, inputs);
    return { id, state: hideSecrets(type, { ...inputs, ...live, ...once }) };
  }

  /** The live state; for an import there is no earlier state to go by. */
  async read(urn: string, id: string, state: Properties) {
    const type = deployableType(urn);
    const live = await type.read(this.account, id, state);
    if (!live) return undefined;
    const merged = { ...type.defaults, ...state, ...live };
    const outputsOnly = [
      "arn",
      "uniqueId",
      "createDate",
      ...(type.secrets ?? []),
    ];
    const inputs = Object.fromEntries(
      Object.entries(merged).filter(([name]) => !outputsOnly.includes(name)),
    );
    return { state: hideSecrets(type, merged), inputs };
  }

  async update(
    urn: string,
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<Properties> {
    const type = deployableType(urn);
    await type.update(this.account, id, olds, news);
    const live = await type.read(this.account, id, news);
    return hideSecrets(type, { ...olds, ...news, ...live });
  }

  async remove(urn: string, id: string, state: Properties): Promise<void> {
    try {
      await deployableType(urn).remove(this.account, id, state);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
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

/** As Pulumi's automatic names: the logical name and seven random hexadecimal digits. */
const autoName = (urn: string): string =>
  `${urn.split("::").at(-1) ?? ""}-${randomBytes(4).toString("hex").slice(0, 7)}`;

/** Inputs of before that the program now leaves out: taking something away is a change too. */
const optionalInputs = (
  type: ResourceType,
  olds: Properties,
): readonly string[] =>
  (type.optional ?? []).filter((name) => !isEmpty(olds[name]));

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && Object.keys(value).length === 0);

const plainValue = (value: unknown): unknown =>
  value !== null &&
  typeof value === "object" &&
  Object.keys(secretMark).some((key) => key in value)
    ? (value as { readonly value?: unknown }).value
    : value;

function hideSecrets(type: ResourceType, state: Properties): Properties {
  const hidden = (type.secrets ?? [])
    .filter((name) => state[name] !== undefined)
    .map((name) => [name, { ...secretMark, value: plainValue(state[name]) }]);
  return { ...state, ...Object.fromEntries(hidden) } as Properties;
}

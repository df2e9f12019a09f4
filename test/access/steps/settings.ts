/** The stack files' keys: those that both have, and those of one alone. */
export interface Settings {
  readonly shared: Keys;
  readonly bastion: Keys;
  readonly workload: Keys;
}

type Keys = Readonly<Record<string, unknown>>;

export type Part = keyof Settings;
export type StackName = Exclude<Part, "shared">;

/** Takes the place of a value, or of all that stands below it; undefined takes it away. */
export function set(part: Part, path: string, value: unknown) {
  return (settings: Settings): Settings => ({
    ...settings,
    [part]: put(settings[part], path.split("."), value),
  });
}

function put(at: unknown, path: readonly string[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const known = (at ?? {}) as Keys;
  const below = put(known[first], rest, value);
  const others = Object.entries(known).filter(([name]) => name !== first);
  return Object.fromEntries(
    below === undefined ? others : [...others, [first, below]],
  );
}

/** A stack file; JSON is YAML. */
export function stackFile(settings: Settings, stack: StackName): string {
  const keys = { stack, ...settings.shared, ...settings[stack] };
  return JSON.stringify({
    config: Object.fromEntries(
      Object.entries(keys).map(([key, value]) => [
        `bastion-account:${key}`,
        value,
      ]),
    ),
  });
}

const all = "all";

/** Two teams, four users and two accounts: one administrator signs in to the console alone. */
export const twoAccounts: Settings = {
  shared: {
    accounts: {
      dev: { id: "222222222222" },
      prod: { id: "033333333333", production: true },
    },
    roles: {
      Analyst: {
        description: "Looks into DynamoDB tables",
        managedPolicies: ["AmazonDynamoDBReadOnlyAccess"],
      },
    },
  },
  bastion: {
    everybody: [{ roles: ["ReadOnly"], accounts: all }],
    teams: {
      operations: {
        grants: [{ roles: ["OpsSudo", "PowerUser"], accounts: all }],
      },
      developers: { grants: [{ roles: ["PowerUser"], accounts: ["dev"] }] },
    },
    users: {
      ada: { teams: ["operations"] },
      bashir: { teams: ["developers"] },
      chen: { teams: ["developers"] },
      dolores: { teams: ["operations"], programmaticAccess: false },
    },
  },
  workload: {},
};

/** Users, groups and roles side by side. */
export const singleAccount: Settings = {
  ...twoAccounts,
  shared: {
    ...twoAccounts.shared,
    bastionAccountId: "111111111111",
    accounts: { main: { id: "111111111111" } },
  },
  bastion: {
    ...twoAccounts.bastion,
    teams: {
      operations: {
        grants: [{ roles: ["OpsSudo", "PowerUser"], accounts: all }],
      },
      developers: { grants: [{ roles: ["PowerUser"], accounts: all }] },
    },
  },
};

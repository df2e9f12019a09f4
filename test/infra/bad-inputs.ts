import { ConfigError, parseConfig, type Problem } from "../../infra/config";
import { rawConfig } from "./config-of";

export const organisation = `
bastionAccountId: "111111111111"
accounts:
  dev: { id: "222222222222" }
  prod: { id: "033333333333" }
`;

export function problemsOf(
  yaml: string,
  secretKeys: readonly string[] = [],
): readonly Problem[] {
  try {
    parseConfig(rawConfig(yaml, secretKeys));
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

export const bastion = (yaml: string) =>
  problemsOf(`stack: bastion${organisation}${yaml}`);
const workload = (yaml: string) => problemsOf(`stack: workload\n${yaml}`);

/** One bad input: the key it stands at, and what the message has to say of it. */
export interface BadInput {
  readonly what: string;
  readonly problems: readonly Problem[];
  readonly path: string;
  readonly found: RegExp;
  readonly expected: RegExp;
}

export const badInputs: readonly BadInput[] = [
  {
    what: "a token in the place of its file",
    problems: bastion(
      "webIdentityTokenFile: eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyIn0.c2lnbmF0dXJl",
    ),
    path: "webIdentityTokenFile",
    found: /^"\(a secret, not shown\)"$/,
    expected: /and not the token$/,
  },
  {
    what: "an account that is perhaps production",
    problems: workload(
      `bastionAccountId: "111111111111"\naccounts: { prod: { id: "033333333333", production: "yes" } }`,
    ),
    path: "accounts.prod.production",
    found: /yes/,
    expected: /true or false/,
  },
  {
    what: "an account id that YAML turned into a number, its leading zero lost",
    problems: workload(
      `bastionAccountId: "111111111111"\naccounts: { prod: { id: 033333333333 } }`,
    ),
    path: "accounts.prod.id",
    found: /^\d+$/,
    expected: /12 digits, in quotes/,
  },
  {
    what: "a bastion id that YAML turned into a number",
    problems: problemsOf(
      `stack: bastion\nbastionAccountId: 011111111119\naccounts: { prod: { id: "033333333333" } }`,
    ),
    path: "bastionAccountId",
    found: /11111111119/,
    expected: /in quotes/,
  },
  {
    what: "an account id of 11 digits",
    problems: workload(
      `bastionAccountId: "111111111111"\naccounts: { prod: { id: "33333333333" } }`,
    ),
    path: "accounts.prod.id",
    found: /"33333333333"/,
    expected: /12 digits/,
  },
  {
    what: "the id of one account beside a map of accounts",
    problems: workload(
      `bastionAccountId: "111111111111"\nworkloadAccountId: "222222222222"\naccounts: { prod: { id: "033333333333" } }`,
    ),
    path: "workloadAccountId",
    found: /222222222222, beside accounts with prod/,
    expected: /one of the two/,
  },
  {
    what: "the id of the only account without quotes",
    problems: workload(
      `bastionAccountId: "111111111111"\nworkloadAccountId: 011111111119`,
    ),
    path: "workloadAccountId",
    found: /11111111119/,
    expected: /in quotes/,
  },
  {
    what: "one id for two accounts",
    problems: workload(
      `bastionAccountId: "111111111111"\naccounts: { dev: { id: "222222222222" }, prod: { id: "222222222222" } }`,
    ),
    path: "accounts.prod.id",
    found: /also accounts\.dev\.id/,
    expected: /id of its own/,
  },
  {
    what: "the bastion among several workload accounts",
    problems: workload(
      `bastionAccountId: "111111111111"\naccounts: { dev: { id: "111111111111" }, prod: { id: "222222222222" } }`,
    ),
    path: "accounts.dev.id",
    found: /the bastion's, beside other accounts/,
    expected: /a workload account/,
  },
  {
    what: "a user name outside IAM's alphabet",
    problems: bastion(`users: { "ada lovelace": {} }`),
    path: "users.ada lovelace",
    found: /"ada lovelace"/,
    expected: /letters, digits or any of/,
  },
  {
    what: "a user name too short for a role session",
    problems: bastion(`users: { a: {} }`),
    path: "users.a",
    found: /"a"/,
    expected: /2 to 64/,
  },
  {
    what: "user names that are equal but for case",
    problems: bastion(`users: { ada: {}, Ada: {} }`),
    path: "users.Ada",
    found: /equal to "ada" but for case/,
    expected: /more than case/,
  },
  {
    what: "an auditor that is neither there nor not",
    problems: bastion("auditor: sometimes"),
    path: "auditor",
    found: /sometimes/,
    expected: /true or false/,
  },
  {
    what: "an alarm for a role that none of its accounts has",
    problems: problemsOf(`
stack: workload
bastionAccountId: "111111111111"
accounts:
  dev: { id: "222222222222", roles: [ReadOnly] }
  prod: { id: "033333333333" }
breakGlassAlarm: { enabled: true, accounts: [dev], roles: [OpsSudo] }
`),
    path: "breakGlassAlarm.roles[0]",
    found: /OpsSudo, which no account of the alarm has/,
    expected: /an account that the alarm is for/,
  },
  {
    what: "an alarm twice in one region",
    problems: problemsOf(`
stack: workload
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" } }
breakGlassAlarm: { enabled: true, regions: [us-east-1, us-east-1] }
`),
    path: "breakGlassAlarm.regions",
    found: /us-east-1/,
    expected: /without repeats/,
  },
  {
    what: "a user in a team that does not exist",
    problems: bastion(
      `teams: { operations: { grants: [] } }\nusers: { ada: { teams: [operatoins] } }`,
    ),
    path: "users.ada.teams[0]",
    found: /"operatoins"/,
    expected: /a team: operations/,
  },
  {
    what: "a team with a role that is not defined",
    problems: bastion(
      `teams: { analysts: { grants: [{ roles: [Analyst], accounts: all }] } }`,
    ),
    path: "teams.analysts.grants[0].roles[0]",
    found: /"Analyst"/,
    expected: /a role: PowerUser, OpsSudo, ReadOnly/,
  },
  {
    what: "a team with a role that no account has",
    problems: problemsOf(`
stack: bastion
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222", roles: [ReadOnly] } }
teams: { operations: { grants: [{ roles: [OpsSudo], accounts: all }] } }`),
    path: "teams.operations.grants[0].roles[0]",
    found: /none of these accounts has: dev/,
    expected: /accounts\.<name>\.roles/,
  },
  {
    what: "a team in an account that lacks the role",
    problems: problemsOf(`
stack: bastion
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222", roles: [ReadOnly] }, prod: { id: "033333333333" } }
teams: { operations: { grants: [{ roles: [OpsSudo], accounts: [dev, prod] }] } }`),
    path: "teams.operations.grants[0].roles[0]",
    found: /not in: dev/,
    expected: /every account named/,
  },
  {
    what: "a team in an account that does not exist",
    problems: bastion(
      `teams: { operations: { grants: [{ roles: [OpsSudo], accounts: [production] }] } }`,
    ),
    path: "teams.operations.grants[0].accounts[0]",
    found: /"production"/,
    expected: /an account: dev, prod/,
  },
  {
    what: "MFA of any age for one's own devices and keys",
    problems: bastion(`selfService: { mfaMaxAgeSeconds: none }`),
    path: "selfService.mfaMaxAgeSeconds",
    found: /"none"/,
    expected: /a whole number from 60 to 129600$/,
  },
  {
    what: "a misspelt key at the top",
    problems: bastion(`user: {}`),
    path: "user",
    found: /unknown key/,
    expected: /the nearest is users/,
  },
  {
    what: "a misspelt key of a user",
    problems: bastion(`users: { ada: { consoleAcces: true } }`),
    path: "users.ada.consoleAcces",
    found: /unknown key/,
    expected: /the nearest is consoleAccess/,
  },
  {
    what: "a user who can sign in neither to the console nor by a key",
    problems: bastion(
      `users: { ada: { consoleAccess: false, programmaticAccess: false } }`,
    ),
    path: "users.ada",
    found: /neither/,
    expected: /remove the user/,
  },
  {
    what: "a user in more teams than IAM has groups for",
    problems: bastion(
      `teams: {${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `t${n}: { grants: [] }`).join(",")}}
users: { ada: { teams: [t1, t2, t3, t4, t5, t6, t7, t8, t9] } }`,
    ),
    path: "users.ada.teams",
    found: /9 teams/,
    expected: /at most 8/,
  },
  {
    what: "a workload stack that does not know its bastion",
    problems: workload(`accounts: { dev: { id: "222222222222" } }`),
    path: "bastionAccountId",
    found: /nothing/,
    expected: /or bastionStack/,
  },
  {
    what: "a stack of neither kind",
    problems: problemsOf(`stack: bastoin\nbastionAccountId: "111111111111"`),
    path: "stack",
    found: /"bastoin"/,
    expected: /bastion or workload/,
  },
];

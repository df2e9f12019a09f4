import {
  isMap,
  Pair,
  parseDocument,
  Scalar,
  type Document,
  type YAMLMap,
} from "yaml";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { isTakenOver } from "./superseded";
import type { Project } from "./project";
import type { HeldBack } from "./proposal";
import { mayUseKeys, type Teams } from "./teams";

interface Newcomers {
  readonly users: readonly LiveUser[];
  readonly teams: Teams;
  readonly heldBack: readonly HeldBack[];
}

/** What IAM's default is where a config leaves it out, and what config may say at least and most. */
const passwords = {
  length: { least: 14, most: 128 },
  age: { most: 1_095 },
  remembered: { most: 24 },
};

/**
 * The stack's file with the account's users and teams. A file that is there keeps all it says, with
 * its comments; only what it lacks is put in.
 */
export function proposeStackFile(
  account: LiveAccount,
  project: Project,
  { users, teams, heldBack }: Newcomers,
): string {
  const file = parseDocument(project.stackFile ?? "config: {}\n");
  if (!isMap(file.get("config"))) file.set("config", file.createNode({}));
  const config = file.get("config") as YAMLMap;
  config.flow = false;
  const key = (name: string): string => `${project.name}:${name}`;
  const put = (name: string, value: unknown): void => {
    if (!config.has(key(name))) config.set(key(name), file.createNode(value));
  };

  put("stack", "bastion");
  put("bastionAccountId", account.accountId);
  if (account.alias !== undefined) put("accountAlias", account.alias);
  const policy = passwordPolicyOf(account);
  if (policy !== undefined) put("passwordPolicy", policy);
  const used = new Set(users.flatMap(({ name }) => teams.of.get(name) ?? []));
  for (const { name, grants, reason } of teams.all) {
    if (!used.has(name)) continue;
    addEntry(file, config, key("teams"), name, { grants }, reason);
  }
  for (const user of users) {
    addEntry(
      file,
      config,
      key("users"),
      user.name,
      entryOf(user, teams.of.get(user.name) ?? [], project),
    );
  }
  file.comment = notesOn(
    account,
    users,
    heldBack,
    namesIn(config, key("users")),
  );
  return file.toString({ lineWidth: 100, flowCollectionPadding: false });
}

function addEntry(
  file: Document,
  config: YAMLMap,
  key: string,
  name: string,
  entry: unknown,
  comment?: string,
): void {
  if (!isMap(config.get(key))) config.set(key, file.createNode({}));
  const entries = config.get(key) as YAMLMap;
  entries.flow = false;
  if (entries.has(name)) return;
  const named = new Scalar(name);
  if (comment !== undefined) named.commentBefore = ` ${comment}`;
  entries.add(new Pair(named, file.createNode(entry)));
}

function entryOf(
  user: LiveUser,
  teams: readonly string[],
  { tags: everywhere }: Project,
): object {
  const tags = Object.fromEntries(
    Object.entries(user.tags).filter(
      ([name, value]) => everywhere[name] !== value,
    ),
  );
  return {
    teams,
    ...(user.loginProfile === undefined ? { consoleAccess: false } : {}),
    ...(mayUseKeys(user) ? {} : { programmaticAccess: false }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
}

/** As strict as now where that is allowed, and otherwise as lax as config lets it be. */
function passwordPolicyOf({
  passwordPolicy: policy,
}: LiveAccount): object | undefined {
  if (policy === undefined) return undefined;
  const { length, age, remembered } = passwords;
  const { minimumLength, maxAgeDays, rememberedPasswords } = policy;
  return {
    minimumLength: Math.min(Math.max(minimumLength, length.least), length.most),
    maxAgeDays: Math.min(maxAgeDays ?? 0, age.most),
    ...(rememberedPasswords === undefined
      ? {}
      : {
          rememberedPasswords: Math.min(rememberedPasswords, remembered.most),
        }),
  };
}

const namesIn = (config: YAMLMap, key: string): readonly string[] => {
  const entries = config.get(key);
  return isMap(entries)
    ? entries.items.map(({ key: name }) => String(name))
    : [];
};

/** What whoever reads the file should know; it stands at its end. */
function notesOn(
  account: LiveAccount,
  users: readonly LiveUser[],
  heldBack: readonly HeldBack[],
  named: readonly string[],
): string {
  const live = account.users.map(({ name }) => name);
  const moved = users.filter(({ path }) => path !== "/");
  const unknown = named.filter((name) => !live.includes(name));
  const lines = [
    ...heldBack.map(({ user, why }) => `${user} is left out for now: ${why}`),
    ...moved.map(
      ({ name, path }) =>
        `${name} moves from the path ${path} to /, and keeps the unique id.`,
    ),
    ...unknown.map(
      (name) =>
        `${name} is not in the account: the deployment makes that user.`,
    ),
    ...account.users
      .filter((user) => isTakenOver(user) && !named.includes(user.name))
      .map(({ name }) => `${name} was taken over, but is not in this file.`),
  ];
  return lines.map((line) => ` ${line}`).join("\n");
}

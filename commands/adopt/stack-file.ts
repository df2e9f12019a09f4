import {
  isMap,
  isSeq,
  parseDocument,
  Scalar,
  type Document,
  type YAMLMap,
} from "yaml";
import type { UserFacts } from "../../infra/config";
import { passwordLimits } from "../../infra/config/schema";
import { visible } from "../formats/visible";
import type { LiveAccount, LiveUser } from "../accounts/live-account";
import { quotingNewTexts } from "./quoted-text";
import type { Project } from "./project";
import type { ProposedConfig } from "./proposed-config";
import type { HeldBack } from "./readiness";
import { isTakenOver } from "./superseded";

interface Proposed extends ProposedConfig {
  readonly users: readonly LiveUser[];
  readonly heldBack: readonly HeldBack[];
  readonly programs: readonly LiveUser[];
  /** Users and groups that hold what they have had; it goes later. */
  readonly keepPoliciesOf: readonly string[];
  /** What the roles of a user allow more, or less, than the user has now. */
  readonly changesOf: (user: UserFacts) => readonly string[];
}

/**
 * The stack's file with the account's users and teams. A file that is there keeps all it says, with
 * its comments; only what it lacks is put in.
 */
export function proposeStackFile(
  account: LiveAccount,
  project: Project,
  proposed: Proposed,
): string {
  const { newUsers, newTeams, keepPoliciesOf, changesOf } = proposed;
  const file = parseDocument(project.stackFile ?? "config: {}\n", {
    customTags: quotingNewTexts,
  });
  const config = mapIn(file, file, "config");
  const key = (name: string): string => `${project.name}:${name}`;
  const put = (map: YAMLMap, name: string, value: unknown, reason?: string) => {
    if (map.has(name)) return;
    const named = new Scalar(name);
    if (reason !== undefined) named.commentBefore = ` ${visible(reason)}`;
    map.set(named, file.createNode(value));
  };

  put(config, key("stack"), "bastion");
  put(config, key("bastionAccountId"), account.accountId);
  const { alias } = account;
  if (alias !== undefined) put(config, key("accountAlias"), alias);
  const policy = passwordPolicyOf(account);
  if (policy !== undefined) put(config, key("passwordPolicy"), policy);
  for (const { name, grants, reason } of newTeams) {
    put(mapIn(file, config, key("teams")), name, { grants }, reason);
  }
  for (const user of newUsers) {
    const changes = changesOf(user).join(" ");
    const reason = changes === "" ? undefined : changes;
    put(mapIn(file, config, key("users")), user.name, entryOf(user), reason);
  }
  addNames(file, config, key("keepPoliciesOf"), keepPoliciesOf);
  const named = namesIn(config, key("users"));
  file.comment = notesOn(account, proposed, named);
  return file.toString({ lineWidth: 100, flowCollectionPadding: false });
}

/** The map of that name, made where there is none. */
function mapIn(
  file: Document,
  parent: Document | YAMLMap,
  name: string,
): YAMLMap {
  if (!isMap(parent.get(name))) parent.set(name, file.createNode({}));
  const map = parent.get(name) as YAMLMap;
  map.flow = false;
  return map;
}

/** Adds to a list what it lacks; without anything to add, none is made. */
function addNames(
  file: Document,
  config: YAMLMap,
  key: string,
  names: readonly string[],
): void {
  const there = config.get(key);
  const known = isSeq(there) ? (there.toJSON() as readonly unknown[]) : [];
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  if (isSeq(there)) for (const name of missing) there.add(name);
  else config.set(key, file.createNode(missing));
}

/** What differs from the config's defaults. */
const entryOf = ({
  teams,
  consoleAccess,
  programmaticAccess,
  tags,
}: UserFacts): object => ({
  teams,
  ...(consoleAccess ? {} : { consoleAccess }),
  ...(programmaticAccess ? {} : { programmaticAccess }),
  ...(Object.keys(tags).length === 0 ? {} : { tags }),
});

/** As strict as now where that is allowed, and otherwise as lax as config lets it be. */
function passwordPolicyOf({
  passwordPolicy: policy,
}: LiveAccount): object | undefined {
  if (policy === undefined) return undefined;
  const within = (
    value: number,
    { least, most }: { readonly least: number; readonly most: number },
  ): number => Math.min(Math.max(value, least), most);
  const { MinimumPasswordLength = 0, MaxPasswordAge = 0 } = policy;
  const { PasswordReusePrevention } = policy;
  return {
    minimumLength: within(MinimumPasswordLength, passwordLimits.minimumLength),
    maxAgeDays: within(
      policy.ExpirePasswords ? MaxPasswordAge : 0,
      passwordLimits.maxAgeDays,
    ),
    ...(PasswordReusePrevention && {
      rememberedPasswords: within(
        PasswordReusePrevention,
        passwordLimits.rememberedPasswords,
      ),
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
  { users, heldBack, programs }: Proposed,
  named: readonly string[],
): string {
  const live = account.users.map(({ name }) => name);
  const moved = users.filter(({ path }) => path !== "/");
  const unknown = named.filter((name) => !live.includes(name));
  const lines = [
    ...heldBack.map(({ user, why }) => `${user} is left out for now: ${why}`),
    ...programs.map(
      ({ name }) => `${name} is left out: a program gets a role.`,
    ),
    ...moved.map(
      ({ name, path }) =>
        `${name} moves from the path ${path} to /, and keeps the unique id.`,
    ),
    ...unknown.map(
      (name) =>
        `${name} is not in the account: the deployment makes that user.`,
    ),
    ...account.users
      .filter(
        (user) => isTakenOver(account, user) && !named.includes(user.name),
      )
      .map(({ name }) => `${name} was taken over, but is not in this file.`),
  ];
  return lines.map((line) => ` ${visible(line)}`).join("\n");
}

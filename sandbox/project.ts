import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkout } from "./engine/paths";

/**
 * The committed stack files, as a person reads them: what the tour builds, and what it expects to
 * see, comes from there and not from the program.
 */
export interface StackFile {
  readonly bastionAccountId: string;
  readonly accounts: Readonly<Record<string, AccountEntry>>;
  /** In the place of accounts, or empty. */
  readonly workloadAccountId?: string;
  readonly roles: Readonly<Record<string, RoleEntry>>;
  readonly selfService: MfaAge;
  readonly everybody: readonly GrantEntry[];
  readonly teams: Readonly<Record<string, TeamEntry>>;
  readonly users: Readonly<Record<string, UserEntry | null>>;
  /** The name of a file with more of them, or empty. */
  readonly usersFile?: string;
}

/** Seconds; left out: the default. */
interface MfaAge {
  readonly mfaMaxAgeSeconds?: number;
}

interface RoleEntry {
  readonly mfaMaxAgeSeconds?: number | "none";
  readonly managedPolicies?: readonly string[];
  /** No person takes the role. */
  readonly trust?: TrustEntry;
}

export interface TrustEntry {
  readonly vendor?: {
    readonly accountId: string;
    readonly externalId: string;
  };
  readonly oidc?: {
    readonly issuer: string;
    readonly audience: string;
    readonly subjects: readonly string[];
  };
}

interface AccountEntry {
  readonly id: string;
  readonly roles?: readonly string[];
}

export interface GrantEntry {
  readonly roles: readonly string[];
  readonly accounts: "all" | readonly string[];
}

interface TeamEntry {
  readonly grants: readonly GrantEntry[];
}

export interface UserEntry {
  readonly teams?: readonly string[];
  readonly programmaticAccess?: boolean;
}

interface ProjectFile {
  readonly name: string;
  readonly config: Readonly<Record<string, { readonly default?: unknown }>>;
}

/** As Pulumi does, which takes any number of aliases. */
export const parsed = (text: string): unknown =>
  parse(text, { merge: true, maxAliasCount: -1 });

const read = (file: string, folder: string): string =>
  readFileSync(join(folder, file), "utf8");

/** A stack that builds one account, by its name, needs no file. */
export function stackFileText(stack: string, folder = checkout): string {
  const file = `Pulumi.${stack}.yaml`;
  return existsSync(join(folder, file)) ? read(file, folder) : "{}\n";
}

/** A stack file's keys, over the defaults in Pulumi.yaml, both as they are now. */
export function readStackFile(stack: string, folder = checkout): StackFile {
  const project = parsed(read("Pulumi.yaml", folder)) as ProjectFile;
  const defaults = Object.entries(project.config).map(
    ([key, declared]) => [key, declared.default] as const,
  );
  const { config } = parsed(stackFileText(stack, folder)) as {
    readonly config?: Readonly<Record<string, unknown>>;
  };
  const own = Object.entries(config ?? {}).map(
    ([key, value]) => [key.replace(`${project.name}:`, ""), value] as const,
  );
  const file = Object.fromEntries([...defaults, ...own]) as unknown;
  return withUsersFile(withWorkloadAccount(file as StackFile), folder);
}

/** Where one account alone has a key of its own, it is the only one. */
const withWorkloadAccount = (file: StackFile): StackFile =>
  (file.workloadAccountId ?? "") === ""
    ? file
    : { ...file, accounts: { workload: { id: file.workloadAccountId ?? "" } } };

function withUsersFile(file: StackFile, folder: string): StackFile {
  const { usersFile = "", users } = file;
  if (usersFile === "") return file;
  const further = parse(read(usersFile, folder)) as StackFile["users"];
  return { ...file, users: { ...further, ...users } };
}

/** What says, in a stack's file, which accounts it builds. */
interface WorkloadFile extends StackFile {
  readonly stack?: string;
  readonly deployTo?: readonly string[];
}

/** The stacks that have a file. */
export const stacksWithFile = (folder = checkout): readonly string[] =>
  readdirSync(folder).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );

/**
 * The workload stacks of the project: those that have a file, and for each account that they leave out
 * the one that is named for it.
 */
export function workloadStacks(folder = checkout): readonly string[] {
  const ofFiles = stacksWithFile(folder)
    .map((name): [string, WorkloadFile] => [name, readStackFile(name, folder)])
    .filter(([name, file]) => kindOf(name, file) !== "bastion");
  const built = ofFiles.flatMap(([name, file]) => {
    const kind = kindOf(name, file);
    return kind === "workload"
      ? accountsBuiltBy(file)
      : [kind.replace("workload-", "")];
  });
  const others = accountsBuiltBy(readStackFile("", folder))
    .filter((account) => !built.includes(account))
    .map((account) => `workload-${account}`);
  return [...ofFiles.map(([name]) => name), ...others];
}

/** `bastion` or `workload`, or the name that says which account it is. */
const kindOf = (name: string, { stack = "" }: WorkloadFile): string =>
  stack === "" ? name : stack;

const accountsBuiltBy = ({
  deployTo = [],
  accounts,
}: WorkloadFile): readonly string[] =>
  deployTo.length > 0 ? deployTo : Object.keys(accounts);

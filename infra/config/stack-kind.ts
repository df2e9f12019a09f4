import { closest } from "fastest-levenshtein";
import { nearestName } from "./nearest-name";
import type { ConfigReader } from "./reader";
import * as schema from "./schema";

/** What a stack builds. */
export type StackKind =
  | { readonly kind: "bastion" }
  | {
      readonly kind: "workload";
      /** The one account that the stack is named for; unset: those of `deployTo`. */
      readonly account?: string;
    };

const prefix = "workload-";

/** The stack that builds one account, by its name alone. */
export const accountStack = (account: string): string => prefix + account;

/** The account that a stack of this name builds, where its config does not say what it is. */
export const namedAccount = (stack: string): string | undefined =>
  stack.startsWith(prefix) ? stack.slice(prefix.length) : undefined;

/** What the key `stack` says, or else the stack's name; undefined, with a problem reported, if neither does. */
export function readStackKind(
  reader: ConfigReader,
  name: string | undefined,
  accounts: () => readonly string[],
): StackKind | undefined {
  const said = reader.text("stack", schema.stack);
  if (said !== undefined) return { kind: said };
  if (reader.hasProblem("stack")) return undefined;
  if (name === "bastion" || name === "workload") return { kind: name };
  const account = name === undefined ? undefined : namedAccount(name);
  if (account === undefined) {
    reader.report(
      "stack",
      name === undefined ? "nothing" : `nothing, in a stack named ${name}`,
      `bastion or workload: which of the two this stack builds; or a stack named bastion, workload or ${prefix}<account>${name === undefined ? "" : slipOf(name, accounts())}`,
    );
    return undefined;
  }
  if (accounts().includes(account)) return { kind: "workload", account };
  reader.report(
    "stack",
    `nothing, in a stack named ${prefix}${account}, and no account ${account}`,
    expectedAccount(account, accounts()),
  );
  return undefined;
}

/** Pulumi makes a stack of any name that it is given. */
function slipOf(name: string, accounts: readonly string[]): string {
  const known = ["bastion", "workload", ...accounts.map(accountStack)];
  const nearest = nearestName(name, known);
  return `${nearest === undefined ? "" : `; the nearest is ${nearest}`}. Fix: name it so; remove a stack that was made by mistake: \`pulumi stack rm ${name}\``;
}

/** As many names as a message has room for. */
const mostNames = 12;

function expectedAccount(account: string, known: readonly string[]): string {
  const more = known.length - mostNames;
  const some = known.slice(0, mostNames).join(", ");
  const names = more > 0 ? `${some} and ${more} more` : some;
  const nearest =
    known.length > 1 ? `; the nearest is ${closest(account, known)}` : "";
  return `an account behind "${prefix}": ${names || "the config has none"}${nearest}. Fix: name the stack after one, write ${account} into accounts, or give the stack's file \`stack: workload\` and deployTo`;
}

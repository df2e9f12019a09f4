import type { PrincipalEntry, Statement } from "./document";

/** Who makes a request. */
export type Caller =
  | {
      readonly kind: "user" | "role session";
      /** undefined: any that neither the document nor the config names, which is solved. */
      readonly account: string | undefined;
      /** Of the user, federated or not, or of the session's role; undefined: no document names it. */
      readonly arn: string | undefined;
      /** Of the session itself, where a document names one. */
      readonly sessionArn?: string;
      /** Unique or canonical, where the document names the caller by nothing else. */
      readonly id?: string;
    }
  | { readonly kind: "root user"; readonly account: string | undefined }
  | { readonly kind: "anonymous" }
  | { readonly kind: "service"; readonly name: string }
  | { readonly kind: "federated"; readonly provider: string };

/** Whether the statement speaks of the caller. A document without principals speaks of its owner. */
export function speaksOf({ principals }: Statement, caller: Caller): boolean {
  if (principals === undefined) return true;
  const named = principals.principals.some((entry) => isNamed(entry, caller));
  return named === (principals.mode === "these");
}

/** Source: AWS documentation, "AWS JSON policy elements: Principal". */
export function isNamed(entry: PrincipalEntry, caller: Caller): boolean {
  switch (entry.kind) {
    case "everyone":
      return true;
    case "service":
      return caller.kind === "service" && caller.name === entry.name;
    case "federated":
      return (
        caller.kind === "federated" &&
        (caller.provider === entry.provider || entry.provider === "*")
      );
    case "account":
      return isAws(caller) && caller.account === entry.account;
    case "user":
      return caller.kind === "user" && caller.arn === entry.arn;
    case "role":
      return caller.kind === "role session" && caller.arn === entry.arn;
    case "role session":
      return caller.kind === "role session" && caller.sessionArn === entry.arn;
    case "federated user":
      return caller.kind === "user" && caller.arn === entry.arn;
    case "unique id":
    case "canonical user":
      return "id" in caller && caller.id === entry.id;
  }
}

type AwsCaller = Extract<Caller, { readonly account: string | undefined }>;

export const isAws = (caller: Caller): caller is AwsCaller =>
  caller.kind === "user" ||
  caller.kind === "role session" ||
  caller.kind === "root user";

import { nameIn } from "../aws/arn";
import { unknownCaller } from "../aws/decided";
import type { Cloud, DecidedCall } from "../aws/model";
import type { DecidingStatement, PolicyKind } from "../aws/reason";

const kinds: Readonly<Record<PolicyKind, string>> = {
  scp: "service control policy",
  resource: "resource's policy",
  trust: "trust policy",
  identity: "identity policy",
  boundary: "permissions boundary",
  session: "session policy",
};

/** What decided a call, for a person. */
export function why({ caller, reason }: DecidedCall): string {
  switch (reason.decided) {
    case "allowed":
      return reason.statements.map(statement).join("; ");
    case "explicitly denied":
      return `explicit deny: ${statement(reason.statement)}`;
    case "implicitly denied": {
      const { lacking, nearest } = reason;
      const none = `implicit deny: no ${kinds[lacking]} allows it`;
      return nearest === undefined
        ? none
        : `${none}; ${statement(nearest)} would, but for ${nearest.unmet.join(", ")}`;
    }
    case "not denied":
      return "takes no allow, and no policy denies it";
    case "not asked":
      return "takes no right";
    case "trusted":
      return "the role's trust policy lets the token in";
    case "not trusted":
      return "the role's trust policy does not let the token in";
    case "refused":
      return `refused before a policy was asked: ${reason.message.replace(/\.$/, "")}${remedyFor(caller)}`;
  }
}

/** The AWS CLI keeps a role's session in the home folder, and takes it in the next sandbox too. */
const remedyFor = (caller: string): string =>
  caller.startsWith(`${unknownCaller} ASIA`)
    ? "; if the AWS CLI kept the session of an earlier sandbox: rm -r ~/.aws/cli/cache"
    : "";

function statement({ kind, policy, sid, index }: DecidingStatement): string {
  const name = policy.startsWith("arn:") ? nameIn(policy) : policy;
  const which = `statement ${index}${sid === undefined ? "" : ` (${sid})`}`;
  return `${[kinds[kind], name].join(" ").trimEnd()}, ${which}`;
}

/** `ada in bastion`, `ada as ReadOnly in dev`; what is no ARN of these as it is. */
export function shortCaller(cloud: Cloud, arn: string): string {
  const [, , service, , account = "", ...rest] = arn.split(":");
  const [kind, ...names] = rest.join(":").split("/");
  const where = accountName(cloud, account);
  if (service === "iam" && kind === "user") {
    return `${names.at(-1) ?? ""} in ${where}`;
  }
  if (service === "sts" && kind === "assumed-role") {
    return `${names.slice(1).join("/")} as ${names[0] ?? ""} in ${where}`;
  }
  return arn;
}

/** `role/ReadOnly in dev`. */
export function shortResource(cloud: Cloud, arn: string): string {
  const [prefix, , , , account = "", ...rest] = arn.split(":");
  if (prefix !== "arn" || account === "") return arn;
  return `${rest.join(":")} in ${accountName(cloud, account)}`;
}

const accountName = ({ accounts }: Cloud, id: string): string =>
  accounts.get(id)?.name ?? id;

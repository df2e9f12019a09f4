import { roleSessionCase, userCase, type CallerCase } from "../decide/callers";
import { not, resourceKey, type Literal } from "../decide/literal";
import { parseOperator } from "../decide/operator";
import type { Permissions } from "../decide/powers";
import { parseTemplate } from "../decide/text/template";
import { factOf } from "../resources/resource";
import { isUnknown } from "../resources/unknown";
import { documentsOf, type HeldPolicy, type Identity } from "./identity";

/** Stands for an account that does not show: a number that nobody has. */
const someAccount = "123456789012";

/** All policies that say what it may do: a user's groups count. */
export const policiesOf = ({
  policies,
  groups,
}: Identity): readonly HeldPolicy[] => [
  ...policies,
  ...groups.flatMap((group) => group.policies),
];

/** What an identity may do, as far as the stack shows it. */
export function permissionsOf(identity: Identity): Permissions {
  const { boundary, account } = identity;
  return {
    caller: callerOf(identity),
    documents: documentsOf(policiesOf(identity)),
    boundary:
      boundary?.content.kind === "document"
        ? [boundary.content.document]
        : undefined,
    account,
  };
}

export function partitionOf(identity: Identity): string {
  return /^arn:([^:]+):/.exec(arnOf(identity) ?? "")?.[1] ?? "aws";
}

/** Of a user or a role; made of its account and name where AWS has not told it yet. */
export function arnOf(identity: Identity): string | undefined {
  const { resource, kind, account, name } = identity;
  const arn = resource === undefined ? undefined : factOf(resource, "arn");
  if (typeof arn === "string" && !isUnknown(arn)) return arn;
  if (account === undefined || name === undefined) return undefined;
  const path = resource === undefined ? undefined : factOf(resource, "path");
  const folder = typeof path === "string" && !isUnknown(path) ? path : "/";
  return `arn:aws:iam::${account}:${kind}${folder}${name}`;
}

function callerOf(identity: Identity): CallerCase {
  const { kind, account = someAccount } = identity;
  if (kind === "role") {
    const arn = arnOf(identity);
    return roleSessionCase({
      account,
      partition: partitionOf(identity),
      arn,
    });
  }
  const partition = partitionOf(identity);
  const user = userCase({
    account,
    partition,
    arn:
      kind === "user"
        ? arnOf(identity)
        : tellsUsersApart(identity)
          ? undefined
          : `arn:${partition}:iam::${account}:user/${someUser}`,
  });
  return { ...user, given: [...user.given, ...notOneself] };
}

/** Where a group tells no users apart, what holds for one of them holds for all. */
const someUser = "some-user-that-nobody-foresaw";

const keysOfUsers = ["aws:username", "aws:principalarn", "aws:userid"];

const tellsUsersApart = (identity: Identity): boolean =>
  documentsOf(policiesOf(identity))
    .flatMap(({ statements }) => statements)
    .flatMap(({ conditions }) => conditions)
    .some(({ key }) => keysOfUsers.includes(key));

/**
 * What users do for themselves is not power over IAM: it is on their own user, or on MFA devices
 * that nobody has yet.
 */
const notOneself: readonly Literal[] = ["user/${aws:username}", "mfa/*"].map(
  (own) =>
    not({
      met: true,
      condition: {
        key: resourceKey,
        operatorName: "StringLike",
        operator: parseOperator("StringLike"),
        values: [parseTemplate(`arn:*:iam::*:${own}`, true)],
      },
    }),
);

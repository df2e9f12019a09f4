import { accountOf, iamArn, type EntityKind, type Named } from "../arn";
import type { Account, Cloud, Tag } from "../model";
import type { ContextKeys } from "../operation";
import { resourceTags, tagKeys } from "../tags";

interface Tagged {
  readonly tags: readonly Tag[];
}

/** What goes by its name in an account, and has its path in the ARN. */
const named: Readonly<
  Partial<
    Record<
      EntityKind,
      (account: Account) => ReadonlyMap<string, Named & Tagged>
    >
  >
> = {
  user: ({ users }) => users,
  role: ({ roles }) => roles,
  "instance-profile": ({ instanceProfiles }) => instanceProfiles,
  "server-certificate": ({ serverCertificates }) => serverCertificates,
};

/** What the account keeps by its ARN. */
const kept = (account: Account, arn: string): Tagged | undefined =>
  account.policies.get(arn) ??
  account.mfaDevices.get(arn) ??
  account.identityProviders.get(arn) ??
  account.samlProviders.get(arn);

/** The entity of IAM that an ARN names, if it is there and takes tags. */
function taggedAt(cloud: Cloud, arn: string): Tagged | undefined {
  const account = cloud.accounts.get(accountOf(arn));
  if (!account || arn.split(":")[2] !== "iam") return undefined;
  const kind = kindIn(arn);
  const one = named[kind]?.(account).get(arn.split("/").at(-1) ?? "");
  return one && iamArn(cloud, account.id, kind, one) === arn
    ? one
    : kept(account, arn);
}

const kindIn = (arn: string): EntityKind =>
  (arn.split(":")[5] ?? "").split("/")[0] as EntityKind;

/**
 * The tags of what a request is decided on, whatever the action: taking or passing a role sees the
 * role's. Those of users and roles have a second name. Source: AWS documentation, "Actions,
 * resources, and condition keys for AWS Identity and Access Management", resource types.
 */
export function tagsOfResource(cloud: Cloud, arn: string): ContextKeys {
  const { tags } = taggedAt(cloud, arn) ?? { tags: [] };
  return {
    ...resourceTags(tags),
    ...(["user", "role"].includes(kindIn(arn))
      ? tagKeys("iam:ResourceTag", tags)
      : {}),
  };
}

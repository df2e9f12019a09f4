import { awsManagedPolicy } from "../../policy-pack/identities/aws-managed";
import { withBounding } from "../../policy-pack/identities/bounding";
import type {
  HeldPolicy,
  Identity,
  PolicyContent,
} from "../../policy-pack/identities/identity";
import { contentOf } from "../../policy-pack/identities/read";
import type { Resource } from "../../policy-pack/resources/resource";
import { standingIn } from "./standing-in";
import type {
  LiveAccount,
  LiveGroup,
  LiveIdentity,
  LiveRole,
  LiveUser,
} from "./live-account";

/**
 * What was read of an account, as the policy pack's rooms take it, so that both decide alike. Of AWS's
 * own policies the text that applies counts, and not the one that the pack knows.
 */
export const roleIdentity = (account: LiveAccount, role: LiveRole): Identity =>
  identityOf("role", account, role, {
    type: "aws-native:iam:Role",
    inputs: { roleName: role.name, assumeRolePolicyDocument: role.trust },
    tags: role.tags,
    boundary: role.boundary,
  });

export const groupIdentity = (
  account: LiveAccount,
  group: LiveGroup,
): Identity =>
  identityOf("group", account, group, {
    type: "aws-native:iam:Group",
    inputs: { groupName: group.name },
  });

export const userIdentity = (
  account: LiveAccount,
  user: LiveUser,
): Identity => ({
  ...identityOf("user", account, user, {
    type: "aws-native:iam:User",
    inputs: { userName: user.name },
    tags: user.tags,
    boundary: user.boundary,
  }),
  groups: account.groups
    .filter(({ name }) => user.groups.includes(name))
    .map((group) => groupIdentity(account, group)),
});

interface Particulars {
  readonly type: string;
  readonly inputs: Resource["inputs"];
  readonly tags?: Readonly<Record<string, string>>;
  readonly boundary?: string | undefined;
}

function identityOf(
  kind: "user" | "group" | "role",
  account: LiveAccount,
  live: LiveIdentity,
  { type, inputs, tags = {}, boundary }: Particulars,
): Identity {
  const { accountId } = account;
  const resource: Resource = {
    type,
    name: live.name,
    urn: live.arn,
    inputs: {
      ...inputs,
      path: live.path,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    },
    outputs: { arn: live.arn },
    provider: {
      urn: accountId,
      properties: { allowedAccountIds: [accountId] },
    },
    propertyDependencies: {},
  };
  const managed = (arn: string, field: string): HeldPolicy => ({
    resource,
    field,
    content: managedContent(account, arn),
    form: "managed",
    name: arn,
  });
  const own: Identity = {
    kind,
    name: live.name,
    account: accountId,
    resource,
    policies: [
      ...live.inlinePolicies.map(({ name, text }): HeldPolicy => ({
        resource,
        field: `policy ${name}`,
        content: standingContent(text),
        form: "inline",
        name,
      })),
      ...live.attachedPolicies.map(({ name, arn }) =>
        managed(arn, `managed policy ${name}`),
      ),
    ],
    boundary:
      boundary === undefined
        ? undefined
        : managed(boundary, `the boundary ${boundary}`),
    groups: [],
    mayBeInMoreGroups: false,
  };
  const documentOf = (_: Resource, arn: string) => {
    const content = managedContent(account, arn);
    return content.kind === "document" ? content.document : undefined;
  };
  return withBounding({ documentOf }, own);
}

/** AWS's own are read where something has them; a condition may name any. */
function managedContent(
  { managedPolicies }: LiveAccount,
  arn: string,
): PolicyContent {
  const text = managedPolicies.get(arn);
  if (text !== undefined) return standingContent(text);
  return awsManagedPolicy(arn) ?? { kind: "unseen", named: arn };
}

function standingContent(text: string): PolicyContent {
  const content = contentOf(text, []);
  return content.kind === "document"
    ? { ...content, document: standingIn(content.document) }
    : content;
}

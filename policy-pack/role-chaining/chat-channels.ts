import { roleSessionCase } from "../decide/callers";
import type { Document } from "../decide/document";
import { grouped } from "../identities/grouped";
import { ManagedPolicies } from "../identities/managed-policies";
import { accountKey, accountOf, partitionOf } from "../resources/account";
import { knownText, type Resource } from "../resources/resource";
import { isUnknown } from "../resources/unknown";
import type { UnknownValue } from "../resources/unknown-value";
import { carriersOf } from "./carriers";
import { chatChannelTypes } from "./carrier-forms";
import { once, type RoleNode, type StackRole } from "./role-node";
import { strengthOfPermissions } from "./strength";

/** A place in a chat channel, which is nothing but the way to the channel's role. */
export interface ChatNode extends RoleNode {
  /** The role, as far as the channel's guardrail policies leave it to whoever writes there. */
  readonly inChat: RoleNode;
}

/** Those of the stack, and what has to be known before they are certain. */
export interface ChatChannels {
  readonly nodes: readonly ChatNode[];
  readonly unknown: readonly UnknownValue[];
}

/**
 * Who is in a chat channel has its role there, and gives no MFA code for it; unless all must bring a
 * role of their own. Source: Amazon Q Developer in chat applications administrator guide,
 * "Understanding Amazon Q Developer in chat applications permissions".
 */
export function chatChannels(
  resources: readonly Resource[],
  roles: readonly StackRole[],
): ChatChannels {
  const channels = resources.filter(({ type }) =>
    chatChannelTypes.includes(type),
  );
  if (channels.length === 0) return none;
  const managed = new ManagedPolicies(resources);
  const carriersBy = grouped(
    carriersOf(channels, roles),
    ({ resource }) => resource,
  );
  const all = channels.map((channel): ChatChannels => {
    const switches = ["userAuthorizationRequired", "userRoleRequired"];
    if (switches.some((one) => channel.inputs[one] === true)) return none;
    const later = switches.filter((one) => isUnknown(channel.inputs[one]));
    if (later.length > 0) {
      return {
        nodes: [],
        unknown: later.map((one) => ({ resource: channel, path: [one] })),
      };
    }
    const carriers = carriersBy.get(channel) ?? [];
    return {
      nodes:
        carriers.length === 0
          ? [nodeOf(channel, ofAnotherStack(channel))]
          : carriers.flatMap(({ role }) =>
              role === undefined
                ? []
                : [nodeOf(channel, guarded(role, channel, managed))],
            ),
      unknown: carriers.flatMap(({ unknown }) => unknown ?? []),
    };
  });
  return {
    nodes: all.flatMap(({ nodes }) => nodes),
    unknown: all.flatMap(({ unknown }) => unknown),
  };
}

const none: ChatChannels = { nodes: [], unknown: [] };

const nodeOf = (channel: Resource, inChat: RoleNode): ChatNode => ({
  ...inChat,
  label: `a place in the chat channel ${channel.name}`,
  resource: undefined,
  permissions: { ...inChat.permissions, documents: [] },
  bounding: [],
  doubt: undefined,
  strength: () => 0,
  inChat,
});

/** Without guardrail policies, the role's own alone say what may be done. */
function guarded(
  role: StackRole,
  channel: Resource,
  managed: ManagedPolicies,
): RoleNode {
  const guardrails = ["guardrailPolicyArns", "guardrailPolicies"]
    .flatMap((property) => channel.inputs[property] ?? [])
    .map((arn) =>
      typeof arn === "string" ? managed.documentOf(channel, arn) : undefined,
    );
  const read = guardrails.filter((one) => one !== undefined);
  const { boundary } = role.permissions;
  const permissions = {
    ...role.permissions,
    // Of two that limit it, the role's own counts.
    boundary: boundary ?? (read.length === 0 ? undefined : read),
  };
  return {
    ...role,
    label: `${role.label} by chat, without MFA`,
    resource: channel,
    permissions,
    doubt: read.length < guardrails.length ? unreadGuardrails : role.doubt,
    strength: once(() => strengthOfPermissions(permissions)),
  };
}

const unreadGuardrails =
  "nothing here says what all of the channel's guardrail policies allow";

function ofAnotherStack(channel: Resource): RoleNode {
  const account = accountOf(channel);
  const partition = partitionOf(channel);
  const arn = knownText(channel, "iamRoleArn");
  const caller = roleSessionCase({ account, partition, arn });
  const documents: readonly Document[] = [];
  return {
    label: `${arn ?? "its role"} by chat, without MFA`,
    resource: channel,
    arn,
    account,
    home: account ?? accountKey(channel),
    permissions: { caller, documents, boundary: undefined, account },
    bounding: [],
    doubt: `another stack makes the channel's role, and nothing here says what it allows`,
    strength: () => 3,
  };
}

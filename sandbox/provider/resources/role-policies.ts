import type { IAMClient } from "@aws-sdk/client-iam";
import { sameDocument } from "../equality";
import { policyCalls } from "../identities";
import { texts, type Properties } from "../properties";
import { documentText } from "../document-input";
import { changeOf, inOrderOf } from "./membership";

interface InlinePolicy {
  readonly name: string;
  readonly policy: string;
}

const calls = policyCalls.role;

/**
 * Brings a role's policies to what the role resource itself says of them, and leaves alone what it
 * says nothing of: that belongs to resources of their own.
 */
export async function keepOwnPolicies(
  client: IAMClient,
  role: string,
  inputs: Properties,
): Promise<void> {
  if ("inlinePolicies" in inputs) {
    await keepInline(client, role, inlinePolicies(inputs));
  }
  if ("managedPolicyArns" in inputs) {
    const { added, removed } = changeOf(
      await calls.attached(client, role),
      texts(inputs, "managedPolicyArns"),
    );
    for (const arn of removed) await calls.detach(client, role, arn);
    for (const arn of added) await calls.attach(client, role, arn);
  }
}

/** The live policies, where the role resource says something of them. */
export async function ownPoliciesOf(
  client: IAMClient,
  role: string,
  state: Properties,
): Promise<Properties> {
  return {
    ...("inlinePolicies" in state
      ? { inlinePolicies: await liveInline(client, role) }
      : {}),
    ...("managedPolicyArns" in state
      ? {
          managedPolicyArns: inOrderOf(
            texts(state, "managedPolicyArns"),
            await calls.attached(client, role),
          ),
        }
      : {}),
  };
}

async function keepInline(
  client: IAMClient,
  role: string,
  wanted: readonly InlinePolicy[],
): Promise<void> {
  const live = await liveInline(client, role);
  for (const { name } of live) {
    if (wanted.some((one) => one.name === name)) continue;
    await calls.remove(client, role, name);
  }
  for (const { name, policy } of wanted) {
    const before = live.find((one) => one.name === name);
    if (before && sameDocument(before.policy, policy)) continue;
    await calls.put(client, role, name, policy);
  }
}

async function liveInline(
  client: IAMClient,
  role: string,
): Promise<readonly InlinePolicy[]> {
  const found: InlinePolicy[] = [];
  for (const name of await calls.names(client, role)) {
    const { PolicyDocument = "" } = await calls.get(client, role, name);
    found.push({ name, policy: decodeURIComponent(PolicyDocument) });
  }
  return found;
}

/** An empty entry is how a program says that there are to be none. */
function inlinePolicies(inputs: Properties): readonly InlinePolicy[] {
  const value = inputs["inlinePolicies"];
  if (!Array.isArray(value)) return [];
  return (value as readonly Partial<InlinePolicy>[])
    .filter(({ name }) => name !== undefined && name !== "")
    .map(({ name = "", policy }) => ({ name, policy: documentText(policy) }));
}

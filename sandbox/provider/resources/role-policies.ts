import { sameDocument, samePolicies, sameSet } from "../equality";
import { policiesOf, type Policies } from "../identities";
import { arn, listOf } from "../problems";
import { texts, type Properties } from "../properties";
import { documentText } from "../document-input";
import { changeOf, inOrderOf } from "../lists";
import type { Input } from "../resource";

interface InlinePolicy {
  readonly name: string;
  readonly policy: string;
}

/**
 * What the role resource itself says of the role's policies. What it says nothing of is left alone:
 * that belongs to resources of their own.
 */
export const ownPolicyInputs: Readonly<
  Record<"inlinePolicies" | "managedPolicyArns", Input>
> = {
  inlinePolicies: {
    computed: true,
    same: samePolicies,
    afterCreation: true,
    update: ({ iam, id, properties }) =>
      keepInline(policiesOf(iam, "role", id), inlinePolicies(properties)),
  },
  managedPolicyArns: {
    computed: true,
    same: sameSet,
    problem: listOf(arn),
    afterCreation: true,
    update: async ({ iam, id, properties }) => {
      const { attached, attach, detach } = policiesOf(iam, "role", id);
      const { added, removed } = changeOf(
        await attached(),
        texts(properties, "managedPolicyArns"),
      );
      for (const policyArn of removed) await detach(policyArn);
      for (const policyArn of added) await attach(policyArn);
    },
  },
};

/** The live policies, where the role resource says something of them. */
export async function ownPolicies(
  policies: Policies,
  state: Properties,
): Promise<Properties> {
  return {
    ...("inlinePolicies" in state
      ? { inlinePolicies: await liveInline(policies) }
      : {}),
    ...("managedPolicyArns" in state
      ? {
          managedPolicyArns: inOrderOf(
            texts(state, "managedPolicyArns"),
            await policies.attached(),
          ),
        }
      : {}),
  };
}

async function keepInline(
  policies: Policies,
  wanted: readonly InlinePolicy[],
): Promise<void> {
  const live = await liveInline(policies);
  for (const { name } of live) {
    if (wanted.some((one) => one.name === name)) continue;
    await policies.remove(name);
  }
  for (const { name, policy } of wanted) {
    const before = live.find((one) => one.name === name);
    if (before && sameDocument(before.policy, policy)) continue;
    await policies.put(name, policy);
  }
}

async function liveInline({
  names,
  get,
}: Policies): Promise<readonly InlinePolicy[]> {
  const found: InlinePolicy[] = [];
  for (const name of await names()) {
    found.push({ name, policy: await get(name) });
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

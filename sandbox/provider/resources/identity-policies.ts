import { documentInput } from "../document-input";
import { sameSet } from "../equality";
import { policiesOf, type IdentityKind, type Policies } from "../identities";
import { changeOf, inOrderOf } from "../lists";
import { fixedName } from "../names";
import { arn } from "../problems";
import { text, texts, type Properties } from "../properties";
import type { ResourceType, Work } from "../resource";

/** The calls about the identity that an input names. */
const policiesIn =
  (kind: IdentityKind, input: string = kind) =>
  ({ iam, properties }: Work): Policies =>
    policiesOf(iam, kind, text(properties, input));

/** What an id of two parts tells; `form` is how it is written. */
function partsOf(id: string, pattern: RegExp, form: string): Properties {
  const { groups } = pattern.exec(id) ?? {};
  if (groups) return groups;
  throw new Error(`unexpected format of ID ("${id}"), expected ${form}`);
}

/** `aws:iam/userPolicy:UserPolicy`, and that of groups and roles. Its id is `identity:name`. */
export function inlinePolicy(kind: IdentityKind): ResourceType {
  const policies = policiesIn(kind);
  const put = async (work: Work) => {
    const name = text(work.properties, "name");
    await policies(work).put(name, text(work.properties, "policy"));
    return { id: `${text(work.properties, kind)}:${name}` };
  };
  return {
    inputs: {
      [kind]: { required: true, replaces: true },
      ...fixedName(128, "PolicyName"),
      policy: documentInput,
    },
    fromId: (id) => {
      const pattern = new RegExp(`^(?<${kind}>[^:]+):(?<name>[^:]+)`);
      return partsOf(id, pattern, "<identity>:<policy-name>");
    },

    create: put,

    find: async (work) => {
      const PolicyName = text(work.properties, "name");
      return { PolicyName, policy: await policies(work).get(PolicyName) };
    },

    update: put,

    remove: (work) => policies(work).remove(text(work.properties, "name")),
  };
}

/**
 * `aws:iam/userPolicyAttachment:UserPolicyAttachment`, and that of groups and roles. Its id is
 * `identity/policyArn`, as for an import.
 */
export function managedPolicyAttachment(kind: IdentityKind): ResourceType {
  const policies = policiesIn(kind);
  return {
    inputs: {
      [kind]: { required: true, replaces: true },
      policyArn: { required: true, replaces: true, problem: arn },
    },
    // To attach first would attach what is then detached, where only the other input changed.
    deleteFirst: true,
    fromId: (id) => {
      const pattern = new RegExp(`^(?<${kind}>[^/]+)/(?<policyArn>.+)$`);
      return partsOf(id, pattern, "<identity>/<policy_arn>");
    },

    create: async (work) => {
      const policyArn = text(work.properties, "policyArn");
      await policies(work).attach(policyArn);
      return { id: `${text(work.properties, kind)}/${policyArn}` };
    },

    find: async (work) => {
      const policyArn = text(work.properties, "policyArn");
      const attached = await policies(work).attached();
      return attached.includes(policyArn) ? { policyArn } : undefined;
    },

    remove: (work) => policies(work).detach(text(work.properties, "policyArn")),
  };
}

interface ExclusiveList {
  /** The input with the only ones that may be there. */
  readonly input: "policyNames" | "policyArns";
  readonly live: (policies: Policies) => Promise<readonly string[]>;
  readonly add: (policies: Policies, one: string) => Promise<unknown>;
  readonly remove: (policies: Policies, one: string) => Promise<unknown>;
}

/** Keeps one identity's policies to a list: what is not on it goes. Its id is the identity's name. */
function exclusive(
  kind: IdentityKind,
  { input, live, add, remove }: ExclusiveList,
): ResourceType {
  const identityInput = `${kind}Name`;
  const policies = policiesIn(kind, identityInput);
  const keepTo = async (work: Work): Promise<undefined> => {
    const own = policies(work);
    const wanted = texts(work.properties, input);
    const { added, removed } = changeOf(await live(own), wanted);
    for (const one of added) await add(own, one);
    for (const one of removed) await remove(own, one);
  };
  return {
    inputs: {
      [identityInput]: { required: true, replaces: true },
      [input]: { required: true, same: sameSet },
    },
    id: identityInput,

    create: keepTo,

    find: async (work) => {
      const known = texts(work.properties, input);
      return { [input]: inOrderOf(known, await live(policies(work))) };
    },

    update: keepTo,

    /** Only the claim to be the only ones goes; the policies stay. */
    remove: () => Promise.resolve(),
  };
}

/** `aws:iam/userPoliciesExclusive:UserPoliciesExclusive`, and those of groups and roles. */
export const policiesExclusive = (kind: IdentityKind): ResourceType =>
  exclusive(kind, {
    input: "policyNames",
    live: (policies) => policies.names(),
    add: (policies, name) =>
      Promise.reject(
        new Error(
          `${policies.holder} has no inline policy ${name}: a name alone does not make one, so let it depend on the resource with its document`,
        ),
      ),
    remove: (policies, name) => policies.remove(name),
  });

/** `aws:iam/userPolicyAttachmentsExclusive:…`, and those of groups and roles. */
export const policyAttachmentsExclusive = (kind: IdentityKind): ResourceType =>
  exclusive(kind, {
    input: "policyArns",
    live: (policies) => policies.attached(),
    add: (policies, policyArn) => policies.attach(policyArn),
    remove: (policies, policyArn) => policies.detach(policyArn),
  });

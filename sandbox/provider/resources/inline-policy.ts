import { documentInput } from "../document-input";
import { policiesOf, type IdentityKind } from "../identities";
import { fixedName } from "../names";
import { text } from "../properties";
import type { ResourceType, Work } from "../resource";

/** `aws:iam/userPolicy:UserPolicy`, and that of groups and roles. Its id is `identity:name`. */
export function inlinePolicy(kind: IdentityKind): ResourceType {
  const policies = ({ iam, properties }: Work) =>
    policiesOf(iam, kind, text(properties, kind));
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
      const [identity = "", name = ""] = id.split(":");
      if (identity !== "" && name !== "") return { [kind]: identity, name };
      throw new Error(
        `unexpected format of ID ("${id}"), expected <identity>:<policy-name>`,
      );
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

import { documentInput, documentText } from "../document-input";
import { policiesOf, type IdentityKind } from "../identities";
import { fixedName } from "../names";
import { text, type Properties } from "../properties";
import type { Clients } from "../account";
import type { ResourceType } from "../resource";

/** `aws:iam/userPolicy:UserPolicy`, and that of groups and roles. Its id is `identity:name`. */
export function inlinePolicy(kind: IdentityKind): ResourceType {
  const policies = ({ iam }: Clients, properties: Properties) =>
    policiesOf(iam, kind, text(properties, kind));
  const put = (clients: Clients, inputs: Properties) =>
    policies(clients, inputs).put(
      text(inputs, "name"),
      documentText(inputs["policy"]),
    );
  return {
    inputs: {
      [kind]: { required: true, replaces: true },
      ...fixedName(128),
      policy: documentInput,
    },
    fromId: (id) => {
      const [identity = "", name = ""] = id.split(":");
      if (identity !== "" && name !== "") return { [kind]: identity, name };
      throw new Error(
        `unexpected format of ID ("${id}"), expected <identity>:<policy-name>`,
      );
    },

    create: async (clients, inputs) => {
      await put(clients, inputs);
      return `${text(inputs, kind)}:${text(inputs, "name")}`;
    },

    read: async (clients, _id, state) => ({
      policy: await policies(clients, state).get(text(state, "name")),
    }),

    update: (clients, _id, news) => put(clients, news),

    remove: (clients, _id, state) =>
      policies(clients, state).remove(text(state, "name")),
  };
}

import { documentInput, documentText } from "../document-input";
import { unlessMissing } from "../errors";
import { policyCalls, type IdentityKind } from "../identities";
import { fixedName } from "../names";
import { text, type Properties } from "../properties";
import type { ConnectedAccount } from "../account";
import type { ResourceType } from "../resource";

/** An inline policy of a user, group or role. Its id is `identity:name`. */
function inlinePolicy(kind: IdentityKind): ResourceType {
  const calls = policyCalls[kind];
  const put = ({ iam: client }: ConnectedAccount, properties: Properties) =>
    calls.put(
      client,
      text(properties, kind),
      text(properties, "name"),
      documentText(properties["policy"]),
    );
  return {
    inputs: {
      [kind]: { required: true, replaces: true },
      ...fixedName(128),
      policy: documentInput,
    },
    longestName: 128,
    fromId: (id) => {
      const { identity, name } = partsOf(id);
      return { [kind]: identity, name };
    },

    create: async (account, inputs) => {
      await put(account, inputs);
      return { id: `${text(inputs, kind)}:${text(inputs, "name")}` };
    },

    read: async ({ iam: client }, id) => {
      const { identity, name } = partsOf(id);
      const found = await unlessMissing(calls.get(client, identity, name));
      return (
        found && {
          [kind]: identity,
          name,
          policy: decodeURIComponent(found.PolicyDocument ?? ""),
        }
      );
    },

    update: async (account, _id, _olds, news) => {
      await put(account, news);
    },

    remove: async ({ iam: client }, id) => {
      const { identity, name } = partsOf(id);
      await calls.remove(client, identity, name);
    },
  };
}

function partsOf(id: string) {
  const [identity = "", name = ""] = id.split(":");
  if (identity !== "" && name !== "") return { identity, name };
  throw new Error(
    `unexpected format of ID ("${id}"), expected <identity>:<policy-name>`,
  );
}

/** `aws:iam/userPolicy:UserPolicy` */
export const userPolicy = inlinePolicy("user");

/** `aws:iam/groupPolicy:GroupPolicy` */
export const groupPolicy = inlinePolicy("group");

/** `aws:iam/rolePolicy:RolePolicy` */
export const rolePolicy = inlinePolicy("role");

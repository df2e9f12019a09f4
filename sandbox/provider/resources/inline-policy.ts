import { documentInput, documentText } from "../document-input";
import { unlessMissing } from "../errors";
import { policyCalls, type Holder } from "../holders";
import { fixedName } from "../names";
import {
  text,
  type ConnectedAccount,
  type Properties,
  type ResourceType,
} from "../resource";

/** An inline policy of a user, group or role. Its id is `holder:name`. */
function inlinePolicy(kind: Holder): ResourceType {
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
      const { holder, name } = partsOf(id);
      return { [kind]: holder, name };
    },

    create: async (account, inputs) => {
      await put(account, inputs);
      return { id: `${text(inputs, kind)}:${text(inputs, "name")}` };
    },

    read: async ({ iam: client }, id) => {
      const { holder, name } = partsOf(id);
      const found = await unlessMissing(calls.get(client, holder, name));
      return (
        found && {
          [kind]: holder,
          name,
          policy: decodeURIComponent(found.PolicyDocument ?? ""),
        }
      );
    },

    update: async (account, _id, _olds, news) => {
      await put(account, news);
    },

    remove: async ({ iam: client }, id) => {
      const { holder, name } = partsOf(id);
      await calls.remove(client, holder, name);
    },
  };
}

function partsOf(id: string) {
  const [holder = "", name = ""] = id.split(":");
  if (holder !== "" && name !== "") return { holder, name };
  throw new Error(
    `unexpected format of ID ("${id}"), expected <holder>:<policy-name>`,
  );
}

/** `aws:iam/userPolicy:UserPolicy` */
export const userPolicy = inlinePolicy("user");

/** `aws:iam/groupPolicy:GroupPolicy` */
export const groupPolicy = inlinePolicy("group");

/** `aws:iam/rolePolicy:RolePolicy` */
export const rolePolicy = inlinePolicy("role");

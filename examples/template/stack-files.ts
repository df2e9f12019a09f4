import { isMap, parseDocument } from "yaml";

/** What `pulumi new` asks for, and writes into the file of the stack that it makes. */
const asked = {
  bastionAccountId: {
    description: "The id of the bastion, the account of the users: 12 digits",
  },
  workloadAccountId: {
    description: "The id of the account of the roles: 12 digits",
  },
};

const template = {
  displayName: "AWS bastion account",
  description:
    "The AWS bastion-account pattern: users in one account, roles in another, MFA before each",
  quickstart:
    "The stack is to be called bastion: where it is not, begin anew, with --stack bastion. README.md says how the second, workload, is made.",
  important: false,
  config: asked,
};

/** Keys whose defaults are those of an example. */
const examples: Readonly<Record<string, unknown>> = {
  bastionAccountId: "",
  accounts: {},
  roles: {},
};

/** This checkout's Pulumi.yaml without its example, and with what is asked for. */
export function projectFile(text: string): string {
  const document = parseDocument(text);
  document.set("name", "${PROJECT}");
  document.set("description", "${DESCRIPTION}");
  document.set("template", template);
  // Its comment is about this checkout.
  const options = document.getIn(["runtime", "options"]);
  if (isMap(options)) options.commentBefore = null;
  for (const [key, value] of Object.entries(examples)) {
    document.setIn(["config", key, "default"], value);
  }
  return document.toString({ lineWidth: 0 });
}

/**
 * A stack file, for a project of any name: keys without one are the project's own. Pulumi would put the name
 * with a line's end in the place of a placeholder here. What the stack is, its own name says.
 */
export const stackFile = (text: string): string =>
  text
    .replace(/^ {2}bastion-account:stack: .*\n/m, "")
    .replaceAll(/^ {2}bastion-account:/gm, "  ");

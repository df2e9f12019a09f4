import type { Examined } from "../../../commands/recover/examine";
import type { Made } from "../../../commands/recover/made";

/** The creation of a user, and what became of it. */
const examined = (name: string, made: Made): Examined => ({
  name,
  made,
  resource: {
    urn: `urn:pulumi:bastion::acme::aws:iam/user:User::${name}`,
    type: "aws:iam/user:User",
    custom: true,
  },
});
export const unseen = (name: string) => examined(name, { answer: "never was" });
export const seen = (name: string) =>
  examined(name, { answer: "there", id: name });

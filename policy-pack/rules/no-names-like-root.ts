import { unknownFinding, wrong, type Finding } from "../findings/finding";
import { holderForms } from "../identities/forms";
import { unknownName } from "../identities/name";
import { knownText, stackOf } from "../resources/resource";
import { isBastionStack, type Rule } from "./rule";

export const noNamesLikeRoot: Rule = {
  name: "no-names-like-root",
  title: "No names like root",
  description: "No user, group or role is named like the root user.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy: "Name it after whom or what it is for.",
  judgeResource(resource, organisation): readonly Finding[] {
    const form = holderForms.get(resource.type);
    if (form === undefined) return [];
    // A user elsewhere is to go, whatever the name.
    const isBastion = isBastionStack(stackOf(resource.urn), organisation);
    if (form.kind === "user" && !isBastion) return [];
    const name = knownText(resource, form.name);
    if (name === undefined) return unknownName(resource).map(unknownFinding);
    if (!rootLike.test(name)) return [];
    return [
      wrong(
        resource,
        `${form.name} is ${JSON.stringify(name)}, which reads like the root user.`,
        `name the ${form.kind} after whom or what it is for.`,
        { field: form.name },
      ),
    ];
  },
};

/** Names that tell whoever reads a log, or guesses, where the power is. */
const rootLike = /^(root|admin|administrator|superuser|sudo)$/i;

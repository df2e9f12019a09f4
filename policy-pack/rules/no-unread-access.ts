import { undecided, unknownFinding, type Finding } from "../findings/finding";
import { propertiesThatGiveAccess } from "../identities/access-properties";
import { resourcePolicies } from "../identities/resource-policies";
import { readingOf } from "../identities/type-readings";
import { containedIn } from "../resources/contained";
import { fieldOf, valueAt, type Path } from "../resources/path";
import type { Resource } from "../resources/resource";
import { pathToUnknown, Unread, type Unknown } from "../resources/unknown";
import type { Rule } from "./rule";

/** The other rules are silent on what they can't read: this one says so, once. */
export const noUnreadAccess: Rule = {
  name: "no-unread-access",
  title: "No access goes unread",
  description:
    "Whatever gives somebody access can be read by the rules, or is known and exempted.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Write it in a form that the rules read; or exempt the resource in the config, with a reason.",
  judgeResource: (resource) => [
    ...containedIn(resource).unread.map(({ what, value }) =>
      unreadFinding(resource, what, value),
    ),
    ...unreadPaths(resource).map(({ path, value }) =>
      unreadFinding(resource, `what ${fieldOf(path)} is`, value, fieldOf(path)),
    ),
    ...ofUnreadType(resource),
  ],
};

function ofUnreadType(resource: Resource): readonly Finding[] {
  const { type, inputs } = resource;
  const reading = readingOf(type);
  if (reading?.kind !== "undecided") return [];
  const { given, why } = reading;
  return given !== undefined && inputs[given] === undefined
    ? []
    : [
        undecided(
          resource,
          `who gets access by this resource of the type ${type}: ${why}.`,
          toFix,
        ),
      ];
}

const toFix =
  "write out what it needs: a template as templateBody, an account by its id (allowedAccountIds of the provider), a role in the program; or exempt it in the config, with a reason.";

function unreadFinding(
  resource: Resource,
  what: string,
  value: Unknown,
  field?: string,
): Finding {
  // What only the deployment tells: the engine asks again then.
  if (!(value instanceof Unread)) {
    const path = pathToUnknown(resource.inputs) ?? [];
    return unknownFinding({ resource, path });
  }
  return undecided(
    resource,
    `${what}: ${value.why}.`,
    toFix,
    field === undefined ? {} : { field },
  );
}

interface UnreadPath {
  readonly path: Path;
  readonly value: Unread;
}

/** In the properties that the rules read. */
function unreadPaths(resource: Resource): readonly UnreadPath[] {
  const { inputs } = resource;
  const paths: readonly Path[] = [
    ...propertiesThatGiveAccess(resource.type).flatMap((property) => {
      const inside = pathToUnknown(inputs[property]);
      return inside === undefined ? [] : [[property, ...inside]];
    }),
    ...resourcePolicies(resource).flatMap((one) =>
      one.kind === "unknown" ? [one.value.path] : [],
    ),
  ];
  return paths.flatMap((path) => {
    const value = valueAt(inputs, path);
    return value instanceof Unread ? [{ path, value }] : [];
  });
}

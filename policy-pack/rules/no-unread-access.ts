import { undecided, unknownFinding, type Finding } from "../findings/finding";
import {
  holderForms,
  membershipForms,
  policyGrantForms,
} from "../identities/forms";
import {
  accountsToldApart,
  type AccountsToldApart,
} from "../identities/made-accounts";
import { namesToldApart, type ToldApart } from "../identities/made-names";
import { readingOf } from "../identities/type-readings";
import type { Organisation } from "../organisation/organisation";
import { containedIn } from "../resources/contained";
import { fieldOf, valueAt, type Path } from "../resources/path";
import type { Resource } from "../resources/resource";
import { pathToUnknown, Unread, type Unknown } from "../resources/unknown";
import type { Rule } from "./rule";

/** The other rules are silent on what nobody can read: this one says so, once for all of them. */
export const noUnreadAccess = (others: readonly Rule[]): Rule => ({
  name: "no-unread-access",
  title: "No access goes unread",
  description:
    "Whatever gives somebody access can be read by the rules, or is known and exempted.",
  severity: "high",
  enforcementLevel: "mandatory",
  remedy:
    "Write it in a form that the rules read; or exempt the resource in the config, with a reason.",
  judgeResource: (resource, organisation) => [
    ...containedIn(resource)
      .unread.filter(({ perhaps }) => perhaps === undefined || mayDeny(perhaps))
      .map(({ what, value }) => unreadFinding(resource, what, value)),
    ...ofUnreadType(resource),
    ...askedAtOnce(others, resource, organisation).map(valueFinding),
  ],
  judgeStack(stack, organisation) {
    const toldApart = [
      ...namesToldApart(stack.resources).map(ofMadeName),
      ...accountsToldApart(stack.resources).map(ofMadeAccount),
    ];
    const unread = stack.resources.filter(holdsUnread);
    if (unread.length === 0) return toldApart;
    const said = unread.flatMap((one) =>
      askedAtOnce(others, one, organisation),
    );
    const asked = unreadIn(
      others.flatMap((rule) => rule.judgeStack?.(stack, organisation) ?? []),
    );
    return [
      ...toldApart,
      ...asked
        .filter((one) => !said.some((other) => isSame(one, other)))
        .map(valueFinding),
    ];
  },
});

/** What may not be there can deny nothing, and puts nobody into a group that does. */
const mayDeny = ({ type }: Resource): boolean =>
  [holderForms, policyGrantForms, membershipForms].some((forms) =>
    forms.has(type),
  );

/** A value of a template that some rule asks for. */
interface UnreadValue {
  readonly resource: Resource;
  readonly path: Path;
  readonly value: Unread;
}

const holdsUnread = ({ inputs }: Resource): boolean =>
  pathToUnknown(inputs, (one) => one instanceof Unread) !== undefined;

const askedAtOnce = (
  others: readonly Rule[],
  resource: Resource,
  organisation: Organisation,
): readonly UnreadValue[] =>
  holdsUnread(resource)
    ? unreadIn(
        others.flatMap(
          (rule) => rule.judgeResource?.(resource, organisation) ?? [],
        ),
      )
    : [];

/** Each once, however many rules ask for it. */
function unreadIn(findings: readonly Finding[]): readonly UnreadValue[] {
  const all = findings.flatMap((finding): readonly UnreadValue[] => {
    if (finding.kind !== "unknown") return [];
    const { resource, path } = finding.value;
    const value = valueAt(resource.inputs, path);
    return value instanceof Unread ? [{ resource, path, value }] : [];
  });
  return all.filter(
    (one, index) => all.findIndex((other) => isSame(one, other)) === index,
  );
}

const isSame = (one: UnreadValue, other: UnreadValue): boolean =>
  one.resource.urn === other.resource.urn &&
  fieldOf(one.path) === fieldOf(other.path);

const valueFinding = ({ resource, path, value }: UnreadValue): Finding =>
  unreadFinding(resource, `what ${fieldOf(path)} is`, value, fieldOf(path));

const ofMadeName = ({ made, text, by }: ToldApart): Finding =>
  undecided(
    made,
    `whether ${JSON.stringify(text)} of ${by.name} means it: CloudFormation makes its name, and only some of the names that it may make are meant.`,
    orExempt("give it a name in the template"),
    { unread: [text] },
  );

const ofMadeAccount = ({ container, text, by }: AccountsToldApart): Finding =>
  undecided(
    container,
    `whether ${JSON.stringify(text)} of ${by.name} means the account that its template is deployed in: the account does not show, and only some accounts are meant.`,
    orExempt("write accounts out in full, or name all of them"),
    { unread: [text] },
  );

function ofUnreadType(resource: Resource): readonly Finding[] {
  const { type, inputs } = resource;
  const reading = readingOf(type);
  if (reading?.kind !== "undecided") return [];
  const { given, why, remedy } = reading;
  return given !== undefined && inputs[given] === undefined
    ? []
    : [
        undecided(
          resource,
          `who gets access by this resource of the type ${type}: ${why}.`,
          orExempt(remedy),
        ),
      ];
}

const orExempt = (remedy: string): string =>
  `${remedy}; or exempt the resource in the config, with a reason.`;

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
    orExempt(value.remedy),
    field === undefined ? {} : { field },
  );
}

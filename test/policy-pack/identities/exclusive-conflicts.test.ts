import type { Declared } from "../pack";
import { unknownText } from "../pack";
import {
  allow,
  deny,
  dev,
  everything,
  json,
  prod,
  readsBuckets,
  type Statement,
} from "../rules/documents";
import { changesIam, type Found } from "../rules/found";
import { group, iam, member, native, role, user } from "../rules/resources";
import { bastionStack, testRows, type Row } from "../rules/rows";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const denyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
const denyArn = `arn:aws:iam::${dev}:policy/deny-iam`;
const readsArn = `arn:aws:iam::${dev}:policy/reads`;

const managed = (name: string, ...statements: readonly Statement[]) =>
  iam("Policy", name, { name, policy: json(...statements) });
const denyIam = managed("deny-iam", deny(["iam:*", "sts:AssumeRole"]));
const from = (one: Declared, sources: Declared["from"] = {}): Declared => ({
  ...one,
  from: sources,
});

const upper = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1);

/** The resources of one kind of holder, called R. */
const formsOf = (kind: "user" | "group" | "role") => {
  const type = upper(kind);
  return {
    kind,
    holder: kind === "role" ? role("R") : iam(type, "R", { name: "R" }),
    attachment: (policyArn: string, name = "attached") =>
      iam(`${type}PolicyAttachment`, name, { [kind]: "R", policyArn }),
    inline: (name: string, ...statements: readonly Statement[]) =>
      iam(`${type}Policy`, name, {
        name,
        [kind]: "R",
        policy: json(...statements),
      }),
    attachedOnly: (policyArns: unknown) =>
      iam(`${type}PolicyAttachmentsExclusive`, "only", {
        [`${kind}Name`]: "R",
        policyArns,
      }),
    inlineOnly: (policyNames: unknown) =>
      iam(`${type}PoliciesExclusive`, "only", {
        [`${kind}Name`]: "R",
        policyNames,
      }),
  };
};
const { attachment, inline, attachedOnly, inlineOnly } = formsOf("role");
const asAdministrator = attachment(administrator, "administrator");
const closed = inline("closed", deny(["iam:*", "sts:AssumeRole"]));
const closing = {
  name: "closed",
  policy: json(deny(["iam:*", "sts:AssumeRole"])),
};

const power: readonly Found[] = [
  { resource: "R", kind: "wrong", witness: changesIam },
];
/** A row of which the power over IAM comes out. */
const found = (title: string, ...resources: Row["resources"]): Row => ({
  title: `finds ${title}`,
  resources,
  finds: power,
});
const silent = (title: string, ...resources: Row["resources"]): Row => ({
  title,
  resources,
});

const ofEveryKind = (["user", "group", "role"] as const)
  .map(formsOf)
  .flatMap((of): readonly Row[] => {
    const { kind, holder } = of;
    const asAdministrator = of.attachment(administrator, "administrator");
    const denying = of.inline("closed", deny(["iam:*", "sts:AssumeRole"]));
    const attached = [holder, denyIam, of.attachment(denyArn)];
    return [
      found(
        `a Deny that the list of a ${kind} detaches`,
        ...attached,
        of.attachedOnly([administrator]),
      ),
      silent(
        `takes a Deny in the list of a ${kind} for one`,
        ...attached,
        of.attachedOnly([administrator, denyArn]),
      ),
      found(
        `an inline Deny that the list of a ${kind} takes away`,
        ...[holder, denying, asAdministrator, of.inlineOnly([])],
      ),
      silent(
        `takes an inline Deny in the list of a ${kind} for one`,
        ...[holder, denying, asAdministrator, of.inlineOnly(["closed"])],
      ),
      found(
        `an inline Deny of a ${kind} that another takes the place of`,
        ...[holder, denying],
        { ...of.inline("closed", everything), name: "another" },
      ),
    ];
  });

const own = (...inlinePolicies: readonly object[]) =>
  role("R", { inlinePolicies });
const ownArns = (...managedPolicyArns: readonly string[]) =>
  role("R", { managedPolicyArns });
const reading = { name: "reads", policy: json(readsBuckets) };

const listRows: readonly Row[] = [
  found(
    "a Deny beside the role's own list of ARNs",
    ...[ownArns(administrator), denyIam, attachment(denyArn)],
  ),
  silent(
    "takes a Deny for one that is in the role's own list as well",
    ...[ownArns(administrator, denyArn), denyIam, attachment(denyArn)],
  ),
  found(
    "a Deny of the role's own list that another list leaves out",
    ...[ownArns(administrator, denyArn), denyIam],
    attachedOnly([administrator]),
  ),
  found(
    "an inline Deny that the role itself takes away",
    ...[own({}), closed, asAdministrator],
  ),
  found(
    "an inline Deny beside the role's own inline policies",
    ...[own(reading), closed, asAdministrator],
  ),
  found(
    "an inline Deny of the role's own that a list leaves out",
    ...[own(closing), inlineOnly([]), asAdministrator],
  ),
  silent(
    "lets a Deny be that stands in the role and beside it",
    ...[own(closing), closed, asAdministrator],
  ),
  silent(
    "takes a role with an empty list of inline policies for one without",
    ...[own(), closed, asAdministrator],
  ),
  silent(
    "adds up what several inline policies give, and take",
    ...[role("R"), inline("all", everything), closed],
  ),
  silent(
    "lets each list be of its own form",
    ...[ownArns(administrator), closed, inlineOnly(["closed"])],
  ),
  silent(
    "lets a list of another role be",
    ...[role("R"), role("S"), closed, asAdministrator],
    iam("RolePoliciesExclusive", "only", { roleName: "S", policyNames: [] }),
  ),
  silent(
    "takes two inline policies of two roles for no contenders",
    ...[role("R"), role("S"), closed, asAdministrator],
    iam("RolePolicy", "q", { ...reading, name: "closed", role: "S" }),
  ),
  found(
    "a Deny that a native policy of the same name overwrites",
    ...[role("R"), closed],
    native("RolePolicy", "q", {
      roleName: "R",
      policyName: "closed",
      policyDocument: json(everything),
    }),
  ),
  {
    ...found(
      "it of a role of another stack",
      ...[denyIam, attachment(denyArn), attachedOnly([administrator])],
    ),
    finds: [
      {
        resource: "attached",
        witness: { arn: `arn:aws:iam::${dev}:role/R`, ...changesIam },
      },
    ],
  },
  found(
    "what a list takes away for what it allows",
    ...[role("R"), inline("p", everything), inlineOnly([])],
  ),
  silent(
    "lets a boundary be, which no list takes away",
    role("R", { permissionsBoundary: denyArn }),
    managed("deny-iam", allow("s3:*")),
    ...[asAdministrator, inlineOnly([])],
  ),
];

const everywhere = (inputs: object) =>
  iam("PolicyAttachment", "everywhere", { policyArn: denyArn, ...inputs });
const denied = [denyIam, role("R"), attachment(denyArn), asAdministrator];
const ofAws = (provider: string): Row["resources"] => [
  ...[role("R"), attachment(denyAll), asAdministrator],
  { ...everywhere({ roles: ["S"], policyArn: denyAll }), provider },
];

const accountRows: readonly Row[] = [
  found(
    "a Deny that the attachment of another role detaches",
    ...[...denied, role("S"), everywhere({ roles: ["S"] })],
  ),
  found(
    "a Deny that is on a group of the role's name",
    ...[...denied, everywhere({ groups: ["R"] })],
  ),
  silent(
    "takes a Deny that both attach",
    ...[...denied, role("S"), everywhere({ roles: ["S", "R"] })],
  ),
  silent(
    "lets the attachment of another policy be",
    ...[...denied, role("S"), managed("reads", readsBuckets)],
    everywhere({ roles: ["S"], policyArn: readsArn }),
  ),
  found("a Deny of AWS's own that is detached in the account", ...ofAws(dev)),
  silent("lets an attachment in another account be", ...ofAws(prod)),
];

const unknownRows: readonly Row[] = [
  {
    ...found(
      "a Deny that a list not known yet may detach",
      ...[...denied, attachedOnly(unknownText)],
    ),
    finds: [...power, { resource: "", kind: "unknown", field: "policyArns" }],
  },
  {
    ...found(
      "an inline Deny that a list not known yet may take away",
      ...[role("R"), closed, asAdministrator, inlineOnly(unknownText)],
    ),
    finds: [...power, { resource: "", kind: "unknown", field: "policyNames" }],
  },
  {
    title: "waits for a list that the Deny may be in",
    resources: [
      ...[...denied, managed("reads", readsBuckets)],
      from(attachedOnly(unknownText), { policyArns: ["deny-iam", "reads"] }),
    ],
    finds: [{ resource: "", kind: "unknown", field: "policyArns" }],
  },
  silent(
    "takes a Deny that the list names by an ARN not known yet",
    ...denied,
    from(attachedOnly([administrator, unknownText]), {
      policyArns: ["deny-iam"],
    }),
  ),
  {
    title: "waits for an attachment that may be of one policy or another",
    resources: [
      ...[role("R"), managed("all", everything), denyIam],
      from(attachment(unknownText), { policyArn: ["all", "deny-iam"] }),
    ],
    finds: [{ resource: "", kind: "unknown", field: "policyArn" }],
  },
  {
    title: "waits for a boundary that may be one policy or another",
    resources: [
      ...[managed("bound", readsBuckets), managed("open", everything)],
      from(role("R", { permissionsBoundary: unknownText }), {
        permissionsBoundary: ["bound", "open"],
      }),
      asAdministrator,
    ],
    finds: [{ resource: "", kind: "unknown", field: "permissionsBoundary" }],
  },
  {
    title: "does not close two roles by a Deny that is on one of them",
    resources: [
      ...[ownArns(administrator), { ...role("S"), name: "S" }],
      from(
        iam("RolePolicy", "p", { role: unknownText, policy: closing.policy }),
        { role: ["R", "S"] },
      ),
    ],
    finds: [...power, { resource: "", kind: "unknown", field: "role" }],
  },
];

/** A provider whose account does not show. */
const provider = (profile: string) => ({ region: "eu-west-1", profile });
const edges = (ours: Statement, theirs: Statement): Row["resources"] =>
  [ours, theirs].map((statement, index) => ({
    ...managed("edge", statement),
    name: `edge-${index}`,
    provider: provider(index === 0 ? "ours" : "theirs"),
  }));
const boundedIn = (profile: string): Declared => ({
  ...role("R", {
    managedPolicyArns: [administrator],
    permissionsBoundary: `arn:aws:iam::${dev}:policy/edge`,
  }),
  provider: provider(profile),
});

const nameRows: readonly Row[] = [
  found(
    "power within the policy of the role's own provider",
    ...[...edges(readsBuckets, everything), boundedIn("theirs")],
  ),
  silent(
    "takes the policy of the role's own provider, which closes",
    ...[...edges(everything, readsBuckets), boundedIn("theirs")],
  ),
  {
    title: "can't decide between two that are of neither",
    resources: [...edges(readsBuckets, everything), boundedIn("others")],
    finds: [
      {
        resource: "R",
        kind: "undecided",
        unread: ["permissionsBoundary"],
        witness: changesIam,
      },
    ],
  },
];

describe("iam-power-is-guarded, with exclusive conflicts", () => {
  const rule = "iam-power-is-guarded";
  describe("with a list of any kind of holder", () => {
    testRows(rule, ofEveryKind);
  });
  describe("with a list of a role", () => {
    testRows(rule, listRows);
  });
  describe("with an attachment for all of the account", () => {
    testRows(rule, accountRows);
  });
  describe("with what is not known yet", () => {
    testRows(rule, unknownRows);
  });
  describe("for one name", () => {
    testRows(rule, nameRows);
  });
});

const groupMembers = (name: string, users: unknown, of = "bastion-users") =>
  iam("GroupMembership", name, { group: of, users });
const bob = [user("bob"), member("bob", "bastion-users")];
/** The MFA group, which closes all without. */
const guards = [
  group("bastion-users"),
  iam("GroupPolicy", "guard", {
    group: "bastion-users",
    policy: json({
      ...{ Effect: "Deny", NotAction: "iam:*", Resource: "*" },
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    }),
  }),
];
const ada = user("ada");
const outside = (title: string, ...resources: Row["resources"]): Row => ({
  title: `finds a user ${title}`,
  resources,
  finds: [{ resource: "bob", kind: "wrong" }],
});

const memberRows: readonly Row[] = [
  outside(
    "whom the list of the group takes out",
    ...[ada, ...guards, ...bob, groupMembers("m", ["ada"])],
  ),
  outside(
    "whom the list of a group of another stack takes out",
    ...[ada, ...bob, groupMembers("m", ["ada"])],
  ),
  outside(
    "whom one of two lists of a group takes out",
    ...[ada, user("bob"), ...guards, groupMembers("m", ["ada"])],
    groupMembers("n", ["ada", "bob"]),
  ),
  outside(
    "whom an empty list takes out",
    ...[...bob, ...guards, groupMembers("m", [])],
  ),
  silent(
    "takes a user for a member who is in the list as well",
    ...[ada, ...bob, ...guards, groupMembers("m", ["ada", "bob"])],
  ),
  silent(
    "takes a user for a member who is behind a name not known yet",
    ...[ada, ...bob, ...guards],
    from(groupMembers("m", ["ada", unknownText]), { users: ["bob"] }),
  ),
  silent(
    "lets the list of another group be",
    ...[ada, ...bob, ...guards, groupMembers("m", ["ada", "bob"])],
    ...[group("team"), groupMembers("n", ["ada"], "team")],
  ),
].map((row) => ({ ...row, stack: bastionStack }));

describe("users-are-in-the-mfa-group, with exclusive conflicts", () => {
  testRows("users-are-in-the-mfa-group", memberRows);
});

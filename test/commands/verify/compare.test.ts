import assert from "node:assert/strict";
import type { LiveAccount } from "../../../commands/accounts/live-account";
import type { FindingKind } from "../../../commands/verify/finding-kinds";
import { bastionId, prodId } from "./accounts";
import { attached } from "./as-deployed";
import {
  administrator,
  allow,
  findings,
  group,
  inBastion,
  inProd,
  inline,
  statementsOf,
  user,
  viewOnly,
} from "./changed-accounts";
import { documentOf, root, trusting } from "./live-accounts";

interface Row {
  readonly title: string;
  readonly change: (live: LiveAccount) => LiveAccount;
  /** Left out: nothing. */
  readonly finds?: readonly (readonly [rule: FindingKind, message: string])[];
  /** Of the first finding. */
  readonly remedy?: string;
}

const unread = `arn:aws:iam::${prodId}:policy/unread`;

const rows: readonly Row[] = [
  { title: "all as it was deployed", change: (live) => live },
  {
    title: "a managed policy that the role may do all of anyway",
    change: inProd("OpsSudo", ({ attachedPolicies }) => ({
      attachedPolicies: [...attachedPolicies, attached(viewOnly)],
    })),
  },
  {
    title: "a managed policy pasted as an inline one, and its statements apart",
    change: (live) =>
      inProd("OpsSudo", ({ attachedPolicies }) => ({
        attachedPolicies: [],
        inlinePolicies: attachedPolicies.flatMap(({ arn }) =>
          statementsOf({ text: live.managedPolicies.get(arn) ?? "" }).map(
            (statement, index) => inline(`pasted-${index}`, statement),
          ),
        ),
      }))(live),
  },
  {
    title: "a policy that was not read in the place of one that was not either",
    change: ({ managedPolicies: all, ...live }) =>
      inProd("ReadOnly", ({ attachedPolicies }) => ({
        attachedPolicies: attachedPolicies.map((one) =>
          one.arn === viewOnly ? attached(unread) : one,
        ),
      }))({
        ...live,
        managedPolicies: new Map([...all].filter(([arn]) => arn !== viewOnly)),
      }),
    finds: [
      [
        "comparison-undecided",
        "ReadOnly in prod may allow other than the config: managed policy unread on the role ReadOnly is not there",
      ],
    ],
    remedy: `in account ${prodId}: aws iam detach-role-policy --role-name ReadOnly --policy-arn ${unread}. Then deploy its stack: pulumi up --refresh.`,
  },
  {
    title: "AdministratorAccess on ReadOnly",
    change: inProd("ReadOnly", ({ attachedPolicies }) => ({
      attachedPolicies: [...attachedPolicies, attached(administrator)],
    })),
    finds: [
      [
        "role-allows-more",
        "ReadOnly in prod may call iam:AttachRolePolicy, by statement 1 in managed policy AdministratorAccess on the role ReadOnly, and the config does not allow it",
      ],
    ],
    remedy: `in account ${prodId}: aws iam detach-role-policy --role-name ReadOnly --policy-arn ${administrator}. Then deploy its stack: pulumi up --refresh.`,
  },
  {
    title: "PowerUser without its Deny, and with iam:*",
    change: inProd("PowerUser", () => ({
      inlinePolicies: [inline("quick-fix", allow("iam:*"))],
    })),
    finds: [
      [
        "role-allows-more",
        "PowerUser in prod may call iam:AttachRolePolicy, by statement 1 in policy quick-fix of the role PowerUser, and the config does not allow it",
      ],
    ],
    remedy: `in account ${prodId}: aws iam delete-role-policy --role-name PowerUser --policy-name quick-fix. Then deploy its stack: pulumi up --refresh.`,
  },
  {
    title: "OpsSudo with a Deny of its own",
    change: inProd("OpsSudo", () => ({
      inlinePolicies: [
        inline("closed", { ...allow("iam:CreateUser"), Effect: "Deny" }),
      ],
    })),
    finds: [
      [
        "role-allows-less",
        `OpsSudo in prod may not call iam:CreateUser, which the config allows by statement 1 in the managed policy ${administrator} of the config, since it is denied by statement 1 in policy closed of the role OpsSudo`,
      ],
    ],
    remedy: `in account ${prodId}: aws iam delete-role-policy --role-name OpsSudo --policy-name closed. Then deploy its stack: pulumi up --refresh.`,
  },
  {
    title: "Analyst without its policy",
    change: inProd("Analyst", () => ({ attachedPolicies: [] })),
    finds: [
      [
        "role-allows-less",
        'Analyst in prod may not call iam:GetRole, which the config allows by statement 1 ("GeneralReadOnlyAccess") in the managed policy arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess of the config',
      ],
    ],
  },
  {
    title: "a boundary",
    change: inProd("OpsSudo", () => ({ boundary: viewOnly })),
    finds: [
      [
        "role-allows-less",
        `OpsSudo in prod may not call iam:AttachRolePolicy, which the config allows by statement 1 in the managed policy ${administrator} of the config`,
      ],
      [
        "boundary-differs",
        `OpsSudo in prod has ${viewOnly}, and the config says that there is none`,
      ],
    ],
  },
  {
    title: "a longer session, and another tag",
    change: inProd("ReadOnly", ({ tags }) => ({
      maxSessionSeconds: 43_200,
      tags: { ...tags, team: "blue", "aws:cloudformation:stack-id": "x" },
    })),
    finds: [
      [
        "tags-differ",
        'the tag team of ReadOnly in prod is "blue", and the config says not there',
      ],
      [
        "session-differs",
        "sessions of ReadOnly in prod may last 43200 seconds, and the config says 3600",
      ],
    ],
  },
  {
    title: "another path of a role",
    change: inProd("ReadOnly", () => ({ path: "/x/" })),
    finds: [
      [
        "path-differs",
        "ReadOnly in prod has the path /x/, and the config says /",
      ],
    ],
  },
  {
    title: "another path of a group",
    change: group("team-analysts", () => ({ path: "/x/" })),
    finds: [
      [
        "path-differs",
        "team-analysts in bastion has the path /x/, and the config says /",
      ],
    ],
  },
  {
    title: "another path of a user",
    change: user("chen", () => ({ path: "/x/" })),
    finds: [
      [
        "path-differs",
        "chen in bastion has the path /x/, and the config says /",
      ],
    ],
  },
  {
    title: "a trust policy without MFA",
    change: inProd("ReadOnly", () => ({ trust: trusting(root(bastionId)) })),
    finds: [
      [
        "role-trusts-more",
        'ReadOnly in prod lets in any user of account 111111111111 without MFA by statement 1, and the config does not: it asks for Bool aws:MultiFactorAuthPresent "true" and NumericLessThan aws:MultiFactorAuthAge "43200"',
      ],
    ],
  },
  {
    title: "a trust policy for the account's own root",
    change: inProd("OpsSudo", ({ trust }) => ({
      trust: documentOf(
        ...statementsOf({ text: trust }),
        ...statementsOf({ text: trusting(root(prodId)) }),
      ),
    })),
    finds: [
      [
        "role-trusts-more",
        "OpsSudo in prod lets in any user of account 033333333333 without MFA by statement 2, and the config does not",
      ],
    ],
  },
  {
    title: "a trust policy that lets nobody in",
    change: inProd("Analyst", () => ({
      trust: trusting({ Service: "ec2.amazonaws.com" }),
    })),
    finds: [
      [
        "role-trusts-more",
        "Analyst in prod lets in the service ec2.amazonaws.com by statement 1, and the config does not",
      ],
      [
        "role-trusts-less",
        'Analyst in prod does not let in any user of account 111111111111 with MFA given 43199 seconds ago by statement 1 ("BastionUsersWithMfa"), with sts:RoleSessionName "anyone", as the config does',
      ],
    ],
  },
  {
    title: "a document that can't be read",
    change: inProd("Analyst", () => ({ trust: "{}" })),
    finds: [
      [
        "comparison-undecided",
        "Analyst in prod may allow other than the config: the trust policy of Analyst can't be read: the document has no Statement",
      ],
    ],
  },
  {
    title: "a group's policy in two",
    change: group("bastion-users", ({ inlinePolicies }) => ({
      inlinePolicies: inlinePolicies.flatMap((policy) =>
        statementsOf(policy).map((statement, index) =>
          inline(`${policy.name}-${index}`, statement),
        ),
      ),
    })),
  },
  {
    title: "a group without the policy that denies",
    change: group("console-only", () => ({ inlinePolicies: [] })),
    finds: [
      [
        "group-allows-more",
        'the group console-only is not kept from iam:CreateAccessKey, which is denied by statement 1 ("DenyMakingKeys") in policy console-only of the config',
      ],
    ],
  },
  {
    title: "PowerUser without its Deny alone",
    change: inProd("PowerUser", ({ inlinePolicies }) => ({
      inlinePolicies: inlinePolicies.filter(
        ({ name }) => name !== "deny-account-writes",
      ),
    })),
    finds: [
      [
        "role-allows-more",
        'PowerUser in prod may call iam:CreateServiceLinkedRole, by statement 2 in managed policy PowerUserAccess on the role PowerUser, which is denied by statement 1 ("DenyAccountWrites") in policy deny-account-writes of the config',
      ],
    ],
  },
  {
    title: "PowerUser without the guard of the account",
    change: inProd("PowerUser", ({ inlinePolicies }) => ({
      inlinePolicies: inlinePolicies.filter(
        ({ name }) => name !== "account-guard",
      ),
    })),
    finds: [
      [
        "role-allows-more",
        'PowerUser in prod may call events:DeleteRule on arn:aws:events:*:033333333333:rule/break-glass-*, by statement 1 in managed policy PowerUserAccess on the role PowerUser, which is denied by statement 1 ("KeepTheAlarm") in policy account-guard of the config',
      ],
    ],
  },
  {
    title: "a Deny of what ReadOnly may not do anyway",
    change: inProd("ReadOnly", ({ inlinePolicies }) => ({
      inlinePolicies: [
        ...inlinePolicies,
        inline("closed", { ...allow("sqs:SendMessage"), Effect: "Deny" }),
      ],
    })),
    finds: [
      [
        "role-allows-less",
        "ReadOnly in prod is kept from sqs:SendMessage by statement 1 in policy closed of the role ReadOnly, and the config leaves it open",
      ],
    ],
    remedy: `in account ${prodId}: aws iam delete-role-policy --role-name ReadOnly --policy-name closed. Then deploy its stack: pulumi up --refresh.`,
  },
  {
    title: "a group that may do more",
    change: group("team-analysts", ({ inlinePolicies }) => ({
      inlinePolicies: [
        ...inlinePolicies,
        inline("by-hand", allow("sts:AssumeRole")),
      ],
    })),
    finds: [
      [
        "group-allows-more",
        "the group team-analysts may call sts:AssumeRole, by statement 1 in policy by-hand of the group team-analysts, and the config does not allow it",
      ],
    ],
    remedy: `in account ${bastionId}: aws iam delete-group-policy --group-name team-analysts --policy-name by-hand. Then deploy its stack: pulumi up --refresh.`,
  },
  {
    title: "a group without the conditions of what it may do",
    change: group("team-analysts", ({ inlinePolicies }) => ({
      inlinePolicies: inlinePolicies.map((policy) => ({
        ...policy,
        text: documentOf(
          ...statementsOf(policy).map((one) =>
            "Action" in one ? { ...one, Condition: {} } : one,
          ),
        ),
      })),
    })),
    finds: [
      [
        "group-allows-more",
        'the group team-analysts may call sts:AssumeRole on arn:aws:iam::033333333333:role/Analyst, by statement 2 ("AssumeWithMfa0") in policy roles of the group team-analysts, and the config does not allow it: it asks for NumericLessThan aws:MultiFactorAuthAge "43200"',
      ],
    ],
  },
  {
    title: "a Deny of what ReadOnly may do, from some addresses",
    change: inProd("ReadOnly", ({ inlinePolicies }) => ({
      inlinePolicies: [
        ...inlinePolicies,
        inline("office", {
          ...allow("iam:GetRole"),
          Effect: "Deny",
          Condition: { IpAddress: { "aws:SourceIp": "203.0.113.7/32" } },
        }),
      ],
    })),
    finds: [
      [
        "role-allows-less",
        'ReadOnly in prod may not call iam:GetRole, which the config allows by statement 1 ("BaseSecurityAuditStatement") in the managed policy arn:aws:iam::aws:policy/SecurityAudit of the config, since it is denied by statement 1 in policy office of the role ReadOnly, with aws:SourceIp "203.0.113.7"',
      ],
    ],
    remedy: `in account ${prodId}: aws iam delete-role-policy --role-name ReadOnly --policy-name office. Then deploy its stack: pulumi up --refresh.`,
  },
  {
    title: "a group that may do nothing",
    change: group("team-analysts", () => ({ inlinePolicies: [] })),
    finds: [
      [
        "group-allows-more",
        'the group team-analysts is not kept from iam:AttachRolePolicy, which is denied by statement 1 ("DenyMostUnlessSignedInWithMfa") in policy roles of the config',
      ],
      [
        "group-allows-less",
        'the group team-analysts may not call sts:AssumeRole on arn:aws:iam::033333333333:role/Analyst, which the config allows by statement 2 ("AssumeWithMfa0") in policy roles of the config',
      ],
    ],
  },
  {
    title: "a group that is gone",
    change: inBastion(({ groups }) => ({
      groups: groups.filter(({ name }) => name !== "team-analysts"),
    })),
    finds: [["group-missing", "the group team-analysts is not there"]],
  },
  {
    title: "a user with a boundary and without a tag",
    change: user("ada", () => ({
      boundary: viewOnly,
      tags: { "managed-by": "pulumi" },
    })),
    finds: [
      [
        "boundary-differs",
        `ada in bastion has ${viewOnly}, and the config says that there is none`,
      ],
      [
        "tags-differ",
        'the tag department of ada in bastion is not there, and the config says "platform"',
      ],
    ],
  },
];

describe("verify compares what identities may do with the config:", () => {
  for (const { title, change, finds = [], remedy } of rows) {
    it(title, () => {
      const found = findings(change);
      assert.deepEqual(
        found.map(({ rule, message }) => [rule, message]),
        finds,
      );
      assert.equal(found[0]?.remedy, remedy);
    });
  }
});

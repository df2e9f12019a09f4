import assert from "node:assert/strict";
import type { LiveAccount } from "../../../commands/accounts/live-account";
import type { FindingKind } from "../../../commands/verify/finding-kinds";
import { bastionId, prodId } from "./accounts";
import {
  allow,
  findings,
  group,
  inline,
  inProd,
  statementsOf,
} from "./changed-accounts";

interface Row {
  readonly title: string;
  readonly change: (live: LiveAccount) => LiveAccount;
  /** Left out: nothing. */
  readonly finds?: readonly (readonly [rule: FindingKind, message: string])[];
}

/** What the group of everybody may do to each user's own, in other words. */
const selfService = (
  change: (statement: Readonly<Record<string, unknown>>) => object,
): Row["change"] =>
  group("bastion-users", ({ inlinePolicies }) => ({
    inlinePolicies: inlinePolicies.map((policy) =>
      policy.name === "self-service"
        ? inline(
            policy.name,
            ...statementsOf(policy).map((one) =>
              change(one as Readonly<Record<string, unknown>>),
            ),
          )
        : policy,
    ),
  }));

const moreActions = (sid: string, ...actions: readonly string[]) =>
  selfService((one) =>
    one["Sid"] === sid
      ? { ...one, Action: [...[one["Action"]].flat(), ...actions] }
      : one,
  );

const withInline = (...statements: readonly object[]) =>
  inProd("PowerUser", ({ inlinePolicies }) => ({
    inlinePolicies: [...inlinePolicies, inline("more", ...statements)],
  }));

const rows: readonly Row[] = [
  ...["iam:*AccessKey", "iam:*AccessKey*", "iam:?reateAccessKey"].map(
    (pattern): Row => ({
      title: `nothing of ${pattern}, of which all actions that AWS has stand there`,
      change: moreActions("ManageOwnAccessKeys", pattern),
    }),
  ),
  {
    title: "a pattern that matches one action more",
    change: moreActions(
      "ManageOwnAccessKeys",
      "iam:*AccessKey",
      "iam:*Profile",
    ),
    finds: [
      [
        "group-allows-more",
        'the group bastion-users may call iam:CreateLoginProfile, by statement 6 ("ManageOwnAccessKeys") in policy self-service of the group bastion-users, and the config does not allow it',
      ],
    ],
  },
  {
    title: "an action by its name that AWS is not known to have",
    change: moreActions(
      "ManageOwnAccessKeys",
      "iam:*AccessKey",
      "iam:LendAccessKey",
    ),
    finds: [
      [
        "group-allows-more",
        'the group bastion-users may call any action of iam:LendAccessKey, of which AWS is not known to have one, by statement 6 ("ManageOwnAccessKeys") in policy self-service of the group bastion-users, and the config does not allow it',
      ],
    ],
  },
  {
    title: "actions of a service that AWS is not known to have",
    change: moreActions("ManageOwnAccessKeys", "not-yet:*"),
    finds: [
      [
        "group-allows-more",
        'the group bastion-users may call any action of not-yet:*, of which AWS is not known to have one, by statement 6 ("ManageOwnAccessKeys") in policy self-service of the group bastion-users, and the config does not allow it',
      ],
    ],
  },
  {
    title:
      "nothing of IAM's resources in any account, which are those of its own",
    change: selfService((one) => ({
      ...one,
      Resource: JSON.parse(
        JSON.stringify(one["Resource"]).replaceAll(`:${bastionId}:`, ":*:"),
      ) as unknown,
    })),
  },
  {
    title: "resources of any name",
    change: selfService((one) =>
      one["Sid"] === "ViewOwnUser"
        ? { ...one, Resource: "arn:aws:iam::*:user/*" }
        : one,
    ),
    finds: [
      [
        "group-allows-more",
        'the group bastion-users may call iam:GetUser on arn:aws:iam::111111111111:user/*, by statement 2 ("ViewOwnUser") in policy self-service of the group bastion-users, and the config does not allow it',
      ],
    ],
  },
  {
    title: "nothing of an Allow that a Deny closes but for what it leaves out",
    change: withInline(
      allow("iam:PassRole", `arn:aws:iam::${prodId}:role/app/*`),
    ),
  },
  {
    title: "an Allow of what the Deny leaves out",
    change: withInline(
      allow("iam:PassRole", `arn:aws:iam::${prodId}:role/aws-service-role/*`),
    ),
    finds: [
      [
        "role-allows-more",
        "PowerUser in prod may call iam:PassRole on arn:aws:iam::033333333333:role/aws-service-role/*, by statement 1 in policy more of the role PowerUser, and the config does not allow it",
      ],
    ],
  },
  {
    title: "nothing of a Deny on resources that the actions do not work on",
    change: withInline({
      ...allow("iam:Create*", `arn:aws:iam::${prodId}:user/*`),
      Effect: "Deny",
    }),
  },
  {
    title: "a Deny on resources that one of the actions works on",
    change: withInline({
      ...allow("iam:Create*", `arn:aws:iam::${prodId}:role/*`),
      Effect: "Deny",
    }),
    finds: [
      [
        "role-allows-less",
        "PowerUser in prod may not call iam:CreateServiceLinkedRole on arn:aws:iam::033333333333:role/*, which the config allows by statement 2 in the managed policy arn:aws:iam::aws:policy/PowerUserAccess of the config, since it is denied by statement 1 in policy more of the role PowerUser",
      ],
    ],
  },
  {
    title: "a Deny of requests without a resource, where the action needs none",
    change: withInline({
      Effect: "Deny",
      Action: "ec2:AssociateAddress",
      NotResource: "arn:aws:ec2:*:*:*",
    }),
    finds: [
      [
        "role-allows-less",
        "PowerUser in prod may not call ec2:AssociateAddress, which the config allows by statement 1 in the managed policy arn:aws:iam::aws:policy/PowerUserAccess of the config, since it is denied by statement 1 in policy more of the role PowerUser",
      ],
    ],
  },
  {
    title: "nothing of such a Deny, where each request names a resource",
    change: withInline({
      Effect: "Deny",
      Action: "ec2:DeleteVpc",
      NotResource: "arn:aws:ec2:*:*:*",
    }),
  },
];

describe("verify takes documents by what they say, in whatever words, and finds", () => {
  for (const { title, change, finds = [] } of rows) {
    it(title, () => {
      const found = findings(change);
      assert.deepEqual(
        found.map(({ rule, message }) => [rule, message]),
        finds,
      );
    });
  }
});

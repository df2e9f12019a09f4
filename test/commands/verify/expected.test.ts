import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  readBastionConfig,
  readWorkloadConfigs,
} from "../../../commands/bastion-config";
import {
  accountsToRead,
  expectedAccess,
  parseExpected,
} from "../../../commands/verify/expected";
import { accountGuardPolicy } from "../../../infra/documents/account-guard";
import { bastionConfig } from "../../infra/config-of";
import { bastionId, devId, prodId } from "./accounts";

const shared = `
name: acme
runtime: nodejs
config:
  bastionAccountId: "${bastionId}"
  pipeline: { repository: acme/platform, branch: main }
  tags: { managed-by: pulumi, team: platform }
  accounts:
    dev: { id: "${devId}" }
    prod: { id: "${prodId}", roles: [ReadOnly, Examiner] }
  roles:
    Examiner:
      managedPolicies: [SecurityAudit]
      inlinePolicies:
        logs: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "logs:Get*", Resource: "*" }] }
      permissionsBoundary: auditors
      maxSessionSeconds: 7200
      mfaMaxAgeSeconds: 600
`;

const stackFiles = {
  "Pulumi.yaml": shared,
  "Pulumi.bastion.yaml": `
config:
  acme:stack: bastion
  acme:users: { ada: { tags: { team: audit } } }
`,
  "Pulumi.dev.yaml": `
config:
  acme:stack: workload
  acme:deployTo: [dev]
  acme:tags: { team: dev }
`,
  "Pulumi.other.yaml": `
config:
  acme:stack: workload
  acme:bastionAccountId: "444455556666"
`,
};

describe("what verify expects", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "expected-"));
    for (const [name, text] of Object.entries(stackFiles)) {
      writeFileSync(join(folder, name), text);
    }
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  function expected(more = "") {
    const files = stackFiles["Pulumi.bastion.yaml"];
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), files + more);
    const project = { folder, stack: "bastion" };
    const config = readBastionConfig(project);
    return expectedAccess(config, readWorkloadConfigs(project, config));
  }

  it("has every role that the stacks make, a pipeline's as well", () => {
    const { bastion, accounts } = expected();
    const names = [bastion, ...accounts].map(({ name, roles }) =>
      [name, ...roles.map((role) => role.name)].join(" "),
    );
    assert.deepEqual(names, [
      "bastion pipeline-preview pipeline-deployment",
      "dev PowerUser OpsSudo ReadOnly Examiner pipeline-preview pipeline-deployment",
      // No workload stack that trusts this bastion deploys to it: its pipeline is not known.
      "prod ReadOnly Examiner",
    ]);
  });

  it("has the auditor's roles, and who takes them, where config asks for them", () => {
    const { bastion, grants } = expected(`
  acme:auditor: true
  acme:everybody: [{ roles: [Auditor], accounts: all }]
`);
    assert.deepEqual(
      bastion.roles.map(({ name }) => name),
      ["Auditor", "pipeline-preview", "pipeline-deployment", "pipeline-audit"],
    );
    assert.deepEqual(
      grants.filter(({ role }) => role === "Auditor"),
      [
        {
          users: ["ada"],
          role: "Auditor",
          accounts: ["dev", "prod", "bastion"],
        },
      ],
    );
  });

  for (const { what, accounts, name, others } of [
    {
      what: "in the bastion",
      accounts: `{ dev: { id: "${devId}" } }`,
      name: "bastion",
      others: [],
    },
    {
      what: "beside the others in a single account",
      accounts: `{ main: { id: "${bastionId}" } }`,
      name: "main",
      others: ["PowerUser", "OpsSudo", "ReadOnly"],
    },
  ]) {
    it(`has the help desk's role ${what}, its takers, and the tag of whom it may help`, () => {
      const { bastion, grants, users } = expectedAccess(
        bastionConfig(`
bastionAccountId: "${bastionId}"
accounts: ${accounts}
helpDesk: { team: support, mfaMaxAgeSeconds: 900 }
teams: { support: { grants: [] } }
users: { ada: { teams: [support] }, bob: }
`),
      );
      assert.deepEqual(
        bastion.roles.map((role) => role.name),
        [...others, "HelpDesk"],
      );
      assert.equal(bastion.roles.at(-1)?.mfaMaxAgeSeconds, 900);
      assert.deepEqual(grants, [
        { users: ["ada"], role: "HelpDesk", accounts: [name] },
      ]);
      assert.deepEqual(
        users.map((user) => [user.name, user.tags["help-desk"]]),
        [
          ["ada", undefined],
          ["bob", "may-help"],
        ],
      );
    });
  }

  it("has all that a role is, as its own stack says", () => {
    const [dev, prod] = expected().accounts;
    assert.deepEqual(dev?.roles[0]?.tags, { team: "dev" });
    const examiner = prod?.roles.find(({ name }) => name === "Examiner");
    const { trust, ...rest } = examiner ?? { trust: {} };
    assert.match(JSON.stringify(trust), /"aws:MultiFactorAuthAge":"600"/);
    assert.deepEqual(rest, {
      name: "Examiner",
      mfaMaxAgeSeconds: 600,
      inlinePolicies: {
        "account-guard": accountGuardPolicy("aws", prodId),
        logs: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "logs:Get*", Resource: "*" }],
        },
      },
      managedPolicyArns: ["arn:aws:iam::aws:policy/SecurityAudit"],
      boundaryArn: `arn:aws:iam::${prodId}:policy/auditors`,
      maxSessionSeconds: 7_200,
      trustedAccount: null,
      takenBy: null,
      tags: { "managed-by": "pulumi", team: "platform" },
    });
  });

  it("asks for the documents of the policies that roles should have", () => {
    const prod = accountsToRead(expected()).find(({ name }) => name === "prod");
    assert.deepEqual(prod?.policyArns, [
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "arn:aws:iam::aws:policy/SecurityAudit",
      `arn:aws:iam::${prodId}:policy/auditors`,
    ]);
  });

  it("has a user's tags, beside those of everything", () => {
    const [ada] = expected().users;
    assert.deepEqual(ada?.tags, { "managed-by": "pulumi", team: "audit" });
  });

  it("is read again as it was written, and a file of another version is refused", () => {
    const written = JSON.stringify(expected());
    assert.deepEqual(parseExpected(written), expected());
    const older = written.replace('"formatVersion":5', '"formatVersion":4');
    assert.throws(() => parseExpected(older), /formatVersion/);
  });
});

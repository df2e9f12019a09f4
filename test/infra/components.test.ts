import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import {
  buildBastion,
  buildWorkload,
  type BastionOutputs,
  type WorkloadOutputs,
} from "../../infra/stacks";
import { bastionConfig, workloadConfig } from "./config-of";

interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const registered: Registration[] = [];

/** What the stack referred to by `bastionStack` answers. */
let referredAccount: unknown = "111111111111";

const organisation = `
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" }, prod: { id: "033333333333" } }
`;
const analyst = `
roles: { Analyst: { managedPolicies: [AmazonDynamoDBReadOnlyAccess], permissionsBoundary: limits } }
`;

/** A further role, unless the test brings roles of its own. */
const withRoles = (yaml: string): string =>
  /^roles:/m.test(yaml) ? yaml : yaml + analyst;

/** By name: the order in which resources arrive is not promised. */
const ofType = (type: string) =>
  registered
    .filter((one) => one.type === type)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
const inputsOf = (type: string, name: string) =>
  registered.find((one) => one.type === type && one.name === name)?.inputs;

describe("components", () => {
  before(async () => {
    await runtime.setMocks({
      newResource: ({ type, name, inputs, id }) => {
        const given = inputs as Record<string, unknown>;
        registered.push({ type, name, inputs: given });
        const state =
          type === "pulumi:pulumi:StackReference"
            ? { ...given, outputs: { accountId: referredAccount } }
            : { ...given, arn: `arn:of:${name}` };
        return { id: id ?? `${name}-id`, state };
      },
      call: () => ({}),
    });
  });

  beforeEach(() => {
    registered.length = 0;
  });

  /** Waits until every resource is registered; the mocks stay. */
  const settled = () => runtime.disconnect();
  const valueOf = <T>(output: {
    apply(f: (value: T) => void): unknown;
  }): Promise<T> => new Promise((resolve) => output.apply(resolve));

  const bastion = async (yaml: string): Promise<BastionOutputs> => {
    const outputs = buildBastion(bastionConfig(organisation + withRoles(yaml)));
    await settled();
    return outputs;
  };
  const workload = async (yaml: string): Promise<WorkloadOutputs> => {
    const outputs = await buildWorkload(
      workloadConfig(organisation + withRoles(yaml)),
    );
    await settled();
    return outputs;
  };

  it("reach each account by a provider of its own, which takes the role there and refuses others", async () => {
    await workload("");
    assert.deepEqual(
      ofType("pulumi:providers:aws").map(({ name, inputs }) => [
        name,
        JSON.parse(String(inputs["allowedAccountIds"])) as string[],
        (
          JSON.parse(String(inputs["assumeRoles"])) as { roleArn: string }[]
        ).map((one) => one.roleArn),
      ]),
      [
        [
          "account-dev",
          ["222222222222"],
          ["arn:aws:iam::222222222222:role/OrganizationAccountAccessRole"],
        ],
        [
          "account-prod",
          ["033333333333"],
          ["arn:aws:iam::033333333333:role/OrganizationAccountAccessRole"],
        ],
      ],
    );
  });

  it("make the roles of each account with their policies attached separately", async () => {
    await workload("");
    assert.deepEqual(
      ofType("aws:iam/role:Role").map(({ name }) => name),
      ["dev", "prod"].flatMap((account) =>
        ["Analyst", "OpsSudo", "PowerUser", "ReadOnly"].map(
          (role) => `${account}-${role}`,
        ),
      ),
    );
    assert.deepEqual(
      ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .filter(({ name }) => name.startsWith("dev"))
        .map(({ inputs }) => [inputs["role"], inputs["policyArn"]]),
      [
        ["Analyst", "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"],
        ["OpsSudo", "arn:aws:iam::aws:policy/AdministratorAccess"],
        ["PowerUser", "arn:aws:iam::aws:policy/PowerUserAccess"],
        ["ReadOnly", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
      ],
    );
    assert.equal(
      inputsOf("aws:iam/role:Role", "dev-OpsSudo")?.["managedPolicyArns"],
      undefined,
    );
  });

  it("put a role inside the boundary that config names, in the role's own account", async () => {
    await workload("");
    assert.equal(
      inputsOf("aws:iam/role:Role", "prod-Analyst")?.["permissionsBoundary"],
      "arn:aws:iam::033333333333:policy/limits",
    );
  });

  it("give ReadOnly the policies that see no data, when config says metadata", async () => {
    await workload("deployTo: [dev]\nroles: { ReadOnly: { reads: metadata } }");
    const attached = ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .filter(({ inputs }) => inputs["role"] === "ReadOnly")
      .map(({ inputs }) => inputs["policyArn"]);
    assert.deepEqual(attached, [
      "arn:aws:iam::aws:policy/SecurityAudit",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ]);
  });

  it("give ReadOnly no data in production, unless config says that it reads data", async () => {
    const production = organisation.replace(
      /"033333333333"/,
      "$&, production: true",
    );
    const attached = async (roles: string) => {
      registered.length = 0;
      await buildWorkload(
        workloadConfig(`${production}deployTo: [prod]\n${roles}`),
      );
      await settled();
      return ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .filter(({ inputs }) => inputs["role"] === "ReadOnly")
        .map(({ inputs }) => inputs["policyArn"]);
    };
    assert.deepEqual(await attached(""), [
      "arn:aws:iam::aws:policy/SecurityAudit",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ]);
    assert.deepEqual(await attached("roles: { ReadOnly: { reads: data } }"), [
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
    ]);
  });

  it("put a further role's own documents into it, word for word", async () => {
    const document = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" },
      ],
    };
    await workload(
      `deployTo: [dev]\nroles: { Sender: { maxSessionSeconds: 7200, inlinePolicies: { send: ${JSON.stringify(document)} } } }`,
    );
    const policy = inputsOf(
      "aws:iam/rolePolicy:RolePolicy",
      "dev-Sender-send",
    )?.["policy"];
    assert.deepEqual(JSON.parse(String(policy)), document);
    assert.equal(
      inputsOf("aws:iam/role:Role", "dev-Sender")?.["maxSessionDuration"],
      7_200,
    );
  });

  it("read the bastion's account id from its stack when config names one", async () => {
    const outputs = await workload(
      "bastionStack: organization/bastion-account/bastion",
    );
    assert.equal(outputs.bastionAccountId, "111111111111");
    const trust = String(
      inputsOf("aws:iam/role:Role", "dev-ReadOnly")?.["assumeRolePolicy"],
    );
    assert.match(trust, /arn:aws:iam::111111111111:root/);
  });

  for (const wrong of [undefined, "222222222222", 111111111111]) {
    it(`make no role when that stack's account id is ${wrong === undefined ? "missing" : JSON.stringify(wrong)}`, async () => {
      referredAccount = wrong;
      await assert.rejects(
        workload("bastionStack: organization/bastion-account/bastion"),
        /bastionStack/,
      );
      referredAccount = "111111111111";
      assert.deepEqual(ofType("aws:iam/role:Role"), []);
    });
  }

  it("make nothing in any account where the roles of one are more than IAM takes", async () => {
    // So many that ReadOnly has room for them, and PowerUser, of the second account alone, has not.
    const revoked = Array.from({ length: 36 }, (_, index) => {
      const time = new Date(Date.now() - (index + 1) * 60_000).toISOString();
      return `user-number-${index}: "${time}"`;
    });
    const config = workloadConfig(`
bastionAccountId: "111111111111"
accounts:
  dev: { id: "222222222222", roles: [ReadOnly] }
  prod: { id: "033333333333" }
revokedSessions: { ${revoked.join(", ")} }
`);
    await assert.rejects(buildWorkload(config), /the role PowerUser have/);
    await settled();
    assert.deepEqual(registered, []);
    await buildWorkload({ ...config, accounts: config.accounts.slice(0, 1) });
    await settled();
    assert.equal(ofType("aws:iam/role:Role").length, 1);
  });

  it("make no role where that stack's account is another than config says", async () => {
    referredAccount = "444444444444";
    await assert.rejects(
      workload("bastionStack: organization/bastion-account/bastion"),
      /111111111111, beside the bastionStack \S+, whose output accountId is "444444444444"/,
    );
    referredAccount = "111111111111";
    assert.deepEqual(ofType("aws:iam/role:Role"), []);
  });

  it("tell a link into each role, which the console understands", async () => {
    const { accounts } = await workload("");
    const roles = await valueOf(
      accounts["prod"]?.roles ?? assert.fail("no account prod"),
    );
    assert.ok(roles["ReadOnly"]);
    assert.equal(
      roles["ReadOnly"].switchUrl,
      "https://signin.aws.amazon.com/switchrole?account=033333333333&roleName=ReadOnly&displayName=prod%20ReadOnly",
    );
    assert.equal(roles["ReadOnly"].maxSessionSeconds, 3_600);
  });

  const people = `
accountAlias: acme
everybody: [{ roles: [ReadOnly], accounts: all }]
teams: { operations: { grants: [{ roles: [OpsSudo], accounts: all }] } }
users:
  ada: { teams: [operations], tags: { department: platform } }
  dolores: { programmaticAccess: false, pgpKey: "${"A".repeat(80)}" }
`;

  it("make users who can be removed again with all that they made for themselves", async () => {
    await bastion(people);
    assert.deepEqual(inputsOf("aws:iam/user:User", "bastion-user/ada"), {
      name: "ada",
      tags: { department: "platform" },
      forceDestroy: true,
    });
  });

  it("show their arguments as inputs, and give each child their own name as prefix", async () => {
    await bastion(people);
    await workload("breakGlassAlarm: { enabled: true }");
    assert.deepEqual(
      Object.keys(inputsOf("bastion:index:WorkloadAccount", "dev") ?? {}),
      ["accountId", "identityProviders", "machineRoles", "roles"],
    );
    const components = registered
      .filter(({ type }) => type.startsWith("bastion:index:"))
      .map(({ name }) => name);
    for (const { type, name } of registered) {
      if (!type.startsWith("aws:")) continue;
      assert.ok(
        components.some((component) => name.startsWith(component)),
        name,
      );
    }
  });

  it("put no access key, no policy on a user and no bare password into the state", async () => {
    await bastion(people);
    const types = new Set(registered.map(({ type }) => type));
    for (const type of [
      "aws:iam/accessKey:AccessKey",
      "aws:iam/userPolicy:UserPolicy",
      "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    ]) {
      assert.ok(!types.has(type), type);
    }
    const profiles = ofType("aws:iam/userLoginProfile:UserLoginProfile");
    assert.deepEqual(
      profiles.map(({ inputs }) => [
        inputs["user"],
        inputs["passwordResetRequired"],
        typeof inputs["pgpKey"],
      ]),
      [["dolores", true, "string"]],
    );
  });

  it("hold a group's members as the whole list, so that a user added by hand is drift", async () => {
    await bastion(people);
    assert.deepEqual(
      ofType("aws:iam/groupMembership:GroupMembership").map(
        ({ name, inputs }) => [name, inputs["users"]],
      ),
      [
        ["bastion-bastion-users", ["ada", "dolores"]],
        ["bastion-console-only", ["dolores"]],
        ["bastion-team-operations", ["ada"]],
      ],
    );
  });

  it("tell where to sign in, the MFA serial's pattern and every role-switch link", async () => {
    const outputs = await bastion(people);
    assert.equal(
      await valueOf(outputs.signInUrl),
      "https://acme.signin.aws.amazon.com/console",
    );
    assert.equal(
      await valueOf(outputs.mfaSerialPattern),
      "arn:aws:iam::111111111111:mfa/*",
    );
    assert.deepEqual(Object.keys(outputs.switchRoleUrls["dev"] ?? {}), [
      "PowerUser",
      "OpsSudo",
      "ReadOnly",
      "Analyst",
    ]);
  });
});

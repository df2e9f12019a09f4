import assert from "node:assert/strict";
import { planAlarms } from "../../infra/alarms";
import { planGroups } from "../../infra/groups";
import { planIdentityProviders } from "../../infra/machine-access";
import { userBoundary } from "../../infra/pipeline-boundaries";
import { workloadPipeline } from "../../infra/pipeline-access";
import { clientSections } from "../../infra/profiles/section";
import { planMachineRoles, planRoles } from "../../infra/roles";
import { simulate } from "../policy-pack/decide/simulate";
import { bastionConfig, workloadConfig } from "./config-of";
import { releaser, reportsOfProd, scanner } from "./machine-role-yaml";

const bastionId = "111111111111";
const dev = "222222222222";
const issuer = "gitlab.com";
const github = "token.actions.githubusercontent.com";

const organisation = `
bastionAccountId: "${bastionId}"
accounts:
  dev: { id: "${dev}" }
  prod: { id: "033333333333", roles: [ReadOnly, Scanner] }
roles:${scanner("999999999999")}
  Deployer:
    managedPolicies: [AmazonS3FullAccess]
    maxSessionSeconds: 7200
    trust:
      oidc:
        issuer: https://gitlab.com
        audience: https://gitlab.com
        subjects: ["project_path:acme/shop:ref_type:branch:ref:main"]${releaser}
  Collector:
    managedPolicies: [AmazonS3ReadOnlyAccess]
    trust: { role: { accountId: "444444444444", name: app/collector } }${reportsOfProd("Reader")}
`;
const withGithub = (yaml: string, more = "") =>
  workloadConfig(`
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${dev}" } }
roles:
  Publisher:
    managedPolicies: [AmazonS3FullAccess]
    trust:
      oidc: { issuer: ${github}, audience: publisher, subjects: ["repo:acme/shop:environment:production"]${more} }
${yaml}`);

const config = workloadConfig(organisation);
const [devFacts, prodFacts] = config.accounts;
assert.ok(devFacts && prodFacts);
const plans = new Map(
  planMachineRoles(config.organisation, devFacts).map((one) => [one.name, one]),
);
const planOf = (name: string) => {
  const plan = plans.get(name);
  assert.ok(plan, name);
  return plan;
};

describe("roles that no person takes", () => {
  it("stand in the accounts that have them, and among no person's roles", () => {
    const names = (facts: typeof devFacts) =>
      planMachineRoles(config.organisation, facts).map(({ name }) => name);
    assert.deepEqual(names(devFacts), [
      "Scanner",
      "Deployer",
      "Releaser",
      "Collector",
      "Reader",
    ]);
    assert.deepEqual(names(prodFacts), ["Scanner"]);
    const ofPeople = planRoles(config.organisation, devFacts, bastionId);
    assert.deepEqual(
      ofPeople.map(({ name }) => name),
      ["PowerUser", "OpsSudo", "ReadOnly"],
    );
    assert.equal(planOf("Deployer").maxSessionSeconds, 7_200);
  });

  it("are in no group's policy, no user's boundary and no client's profile", () => {
    const bastion = bastionConfig(
      `${organisation}
pipeline: { repository: acme/bastion }
everybody: [{ roles: [ReadOnly], accounts: all }]
teams: { crew: { grants: [{ roles: [PowerUser, OpsSudo], accounts: [dev] }] } }
users: { ada: { teams: [crew] } }`,
    );
    const texts = [
      planGroups(bastion),
      userBoundary(bastion),
      clientSections(bastion),
    ].map((one) => JSON.stringify(one));
    for (const text of texts) {
      assert.match(text, /ReadOnly/);
      for (const name of plans.keys())
        assert.doesNotMatch(text, new RegExp(`\\b${name}\\b`));
    }
  });

  it("keep sessions that were closed for a user out of it", () => {
    const revoked = workloadConfig(
      `${organisation}\nrevokedSessions: { ada: ${JSON.stringify(new Date().toISOString())} }`,
    );
    const [account] = revoked.accounts;
    assert.ok(account);
    const policies = (list: readonly { inlinePolicies: object }[]) =>
      list.flatMap(({ inlinePolicies }) => Object.keys(inlinePolicies));
    const { organisation: facts } = revoked;
    assert.ok(
      policies(planRoles(facts, account, bastionId)).includes(
        "revoked-sessions",
      ),
    );
    assert.ok(
      !policies(planMachineRoles(facts, account)).includes("revoked-sessions"),
    );
  });

  it("are told of by the alarm when somebody changes them", () => {
    const alarmed = workloadConfig(
      `${organisation}\nbreakGlassAlarm: { enabled: true, emails: [oncall@example.org] }`,
    );
    const [alarm] = planAlarms(alarmed, devFacts);
    const tampered = alarm?.rules.find(({ name }) => name.endsWith("tampered"));
    assert.match(JSON.stringify(tampered?.pattern), /"Scanner"/);
  });

  it("carry a pipeline's boundary, and are written by it no other way", () => {
    const piped = workloadConfig(
      `${organisation}\npipeline: { repository: acme/bastion }`,
    );
    const [account] = piped.accounts;
    assert.ok(account);
    for (const plan of planMachineRoles(piped.organisation, account)) {
      assert.equal(
        plan.permissionsBoundaryArn,
        `arn:aws:iam::${dev}:policy/pipeline-role-boundary`,
      );
    }
    const pipeline = workloadPipeline(piped, {
      account,
      bastionAccountId: bastionId,
      hasAlarm: false,
    });
    const [policy] = Object.values(pipeline?.deployment.inlinePolicies ?? {});
    const bySid = new Map(
      policy?.Statement.map((one) => [one.Sid, JSON.stringify(one)]),
    );
    const role = new RegExp(`:role/Scanner"`);
    assert.match(bySid.get("BoundedRoles") ?? "", role);
    assert.doesNotMatch(bySid.get("AdministratorsButWhoTakesThem") ?? "", role);
    assert.match(
      bySid.get("NotItsOwnWayIn") ?? "",
      new RegExp(`oidc-provider/${issuer}"`),
    );
  });
});

interface Caller {
  readonly principal: string;
  readonly context?: Readonly<Record<string, string>>;
}

const getsIn = (
  name: string,
  { principal, context = {} }: Caller,
): Promise<boolean> =>
  simulate({
    principal,
    action: "sts:AssumeRole",
    resource: `arn:aws:iam::${dev}:role/${name}`,
    account: dev,
    // Whatever the caller's own account allows.
    identity: [
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      },
    ],
    trust: planOf(name).trustPolicy,
    context,
  });

describe("who gets into a role that no person takes", () => {
  const session = (account: string, role: string): Caller => ({
    principal: `arn:aws:sts::${account}:assumed-role/${role}/x`,
    context: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/${role}` },
  });
  const user: Caller = {
    principal: `arn:aws:iam::${bastionId}:user/ada`,
    context: {
      "aws:MultiFactorAuthPresent": "true",
      "aws:MultiFactorAuthAge": "1",
      "aws:PrincipalArn": `arn:aws:iam::${bastionId}:user/ada`,
      "aws:username": "ada",
      "sts:RoleSessionName": "ada",
    },
  };
  const withId = (caller: Caller, id: string): Caller => ({
    ...caller,
    context: { ...caller.context, "sts:ExternalId": id },
  });
  const vendor = session("999999999999", "scan");

  const rows: readonly (readonly [string, string, Caller, boolean])[] = [
    ["Scanner", "the vendor", withId(vendor, "acme-7f3a9c21"), true],
    ["Scanner", "the vendor without the id", vendor, false],
    ["Scanner", "the vendor for another", withId(vendor, "other-123"), false],
    [
      "Scanner",
      "another account with the id",
      withId(session("888888888888", "scan"), "acme-7f3a9c21"),
      false,
    ],
    ["Scanner", "a user with MFA", withId(user, "acme-7f3a9c21"), false],
    ["Collector", "the role", session("444444444444", "app/collector"), true],
    [
      "Collector",
      "at another path",
      session("444444444444", "collector"),
      false,
    ],
    ["Collector", "of another account", session(dev, "app/collector"), false],
    ["Collector", "a user with MFA", user, false],
    [
      "Collector",
      "a user there of that name",
      {
        principal: "arn:aws:iam::444444444444:user/app/collector",
        context: {
          "aws:PrincipalArn": "arn:aws:iam::444444444444:user/app/collector",
        },
      },
      false,
    ],
    ["Reader", "the role", session("033333333333", "reports"), true],
    ["Reader", "PowerUser there", session("033333333333", "PowerUser"), false],
  ];
  for (const [role, who, caller, expected] of rows) {
    it(`${role}: ${who} ${expected ? "does" : "does not"}`, async () => {
      assert.equal(await getsIn(role, caller), expected);
    });
  }
});

describe("what a role that no person takes may do", () => {
  const documentsOf = (name: string): readonly unknown[] =>
    Object.values(planOf(name).inlinePolicies).map(
      (text) => JSON.parse(text) as unknown,
    );
  const everything = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  };
  // As if somebody had attached AdministratorAccess.
  const may = (action: string, resource: string): Promise<boolean> =>
    simulate({
      principal: `arn:aws:sts::${dev}:assumed-role/Scanner/x`,
      action,
      resource,
      account: dev,
      identity: [...documentsOf("Scanner"), everything],
      context: {},
    });
  const arn = (resource: string) => `arn:aws:iam::${dev}:${resource}`;

  for (const [action, resource] of [
    ["iam:CreateUser", arn("user/mallory")],
    ["iam:UpdateAssumeRolePolicy", arn("role/Scanner")],
    ["iam:PassRole", arn("role/app/any")],
    ["iam:DeleteRolePolicy", arn("role/Scanner")],
    ["iam:CreateOpenIDConnectProvider", arn("oidc-provider/evil.example")],
    ["sts:AssumeRole", arn("role/cdk-deploy")],
    ["organizations:LeaveOrganization", "*"],
    ["cloudtrail:StopLogging", `arn:aws:cloudtrail:eu-west-1:${dev}:trail/x`],
  ] as const) {
    it(`is not ${action}, whatever its policies say`, async () => {
      assert.equal(await may(action, resource), false);
    });
  }

  it("is what its policies say beside that", async () => {
    assert.equal(await may("iam:ListRoles", "*"), true);
    assert.equal(await may("s3:GetObject", "arn:aws:s3:::acme/x"), true);
  });
});

describe("the identity providers of an account", () => {
  it("are one an issuer, with the audiences of all its roles", () => {
    assert.deepEqual(planIdentityProviders(config.organisation, devFacts), [
      {
        issuer,
        audiences: ["https://gitlab.com", "sts.amazonaws.com"],
        isOwn: true,
        isPipelines: false,
        subjects: [
          "project_path:acme/shop:ref_type:branch:ref:main",
          "project_path:acme/shop:ref_type:tag:ref:v*",
        ],
      },
    ]);
    assert.deepEqual(planIdentityProviders(config.organisation, prodFacts), []);
  });

  const providerOf = (...args: Parameters<typeof withGithub>) => {
    const { organisation: facts, accounts } = withGithub(...args);
    const [account] = accounts;
    assert.ok(account);
    const [provider, ...others] = planIdentityProviders(facts, account);
    assert.ok(provider);
    assert.deepEqual(others, []);
    const { audiences, isOwn, isPipelines } = provider;
    return { audiences, isOwn, isPipelines };
  };
  const pipeline = "pipeline: { repository: acme/bastion }";
  const existing =
    "pipeline: { repository: acme/bastion, existingProvider: true }";

  it("have GitHub's from the pipeline, with the roles' audiences", () => {
    assert.deepEqual(providerOf(pipeline), {
      audiences: ["sts.amazonaws.com", "publisher"],
      isOwn: true,
      isPipelines: true,
    });
    const piped = withGithub(pipeline);
    const [account] = piped.accounts;
    assert.ok(account);
    const plan = workloadPipeline(piped, {
      account,
      bastionAccountId: bastionId,
      hasAlarm: false,
    });
    assert.deepEqual(plan?.identityProvider, {
      url: `https://${github}`,
      clientIdLists: ["sts.amazonaws.com", "publisher"],
    });
  });

  it("have GitHub's from the roles, where the pipeline finds it there", () => {
    assert.deepEqual(providerOf(existing), {
      audiences: ["sts.amazonaws.com", "publisher"],
      isOwn: true,
      isPipelines: false,
    });
  });

  it("leave one alone that another stack made", () => {
    const more = ", existingProvider: true";
    assert.equal(providerOf("", more).isOwn, false);
    assert.equal(providerOf(existing, more).isOwn, false);
    assert.equal(providerOf("").isOwn, true);
  });
});

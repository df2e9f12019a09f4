import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import type { WorkloadConfig } from "../../infra/config";
import { bastionPipeline, workloadPipeline } from "../../infra/pipeline-access";
import {
  identityProviderArn,
  pipelineTrust,
  tokenIssuer,
  type TokenSubject,
} from "../../infra/documents/pipeline-trust";
import { documentText } from "../../infra/documents/policy-document";
import { quotas } from "../../infra/documents/quotas";
import { planGroups } from "../../infra/groups";
import {
  roleBoundary,
  userBoundary,
  type BoundaryPlan,
} from "../../infra/pipeline-boundaries";
import { planRoles } from "../../infra/roles";
import { buildBastion } from "../../infra/stacks";
import { requestBeyond } from "../../policy-pack/decide/beyond";
import {
  roleSessionCase,
  userCase,
  type CallerCase,
} from "../../policy-pack/decide/callers";
import type { Document } from "../../policy-pack/decide/document";
import {
  foreignToken,
  unpinnedToken,
} from "../../policy-pack/decide/federation";
import { readDocument } from "../../policy-pack/decide/read";
import { problemsOf } from "./bad-inputs";
import { bastionConfig, workloadConfig } from "./config-of";

const account = "111111111111";
const organisation = `
bastionAccountId: "111111111111"
accounts: { dev: { id: "222222222222" } }
`;
const withPipeline = `${organisation}pipeline: { repository: acme/bastion }
`;

describe("a pipeline's trust", () => {
  const subjects: readonly TokenSubject[] = [
    { pullRequest: true },
    { branch: "main" },
    { environment: "production" },
  ];
  for (const subject of subjects) {
    it(`is pinned for ${JSON.stringify(subject)}`, () => {
      const trust = pipelineTrust("aws", account, "acme/bastion", subject);
      const reading = readDocument(trust, "trust");
      assert.ok(reading.kind === "document");
      const provider = identityProviderArn("aws", account);
      const ours = [{ issuer: tokenIssuer, tenants: ["acme"], claims: {} }];
      for (const find of [unpinnedToken, foreignToken]) {
        assert.deepEqual(find(reading.document, provider, ours), {
          answer: "closed",
        });
      }
    });
  }

  it("asks for the audience that tokens have in that partition", () => {
    const text = JSON.stringify(
      pipelineTrust("aws-cn", account, "acme/bastion", { branch: "main" }),
    );
    assert.match(text, /"sts\.amazonaws\.com\.cn"/);
    assert.match(text, /arn:aws-cn:iam::111111111111:oidc-provider/);
  });
});

describe("a pipeline's permissions", () => {
  const placeIn = ({ accounts: [first] }: WorkloadConfig, hasAlarm = true) => {
    assert.ok(first);
    return { account: first, bastionAccountId: account, hasAlarm };
  };
  const actionsOf = (yaml: string): string =>
    JSON.stringify(bastionPipeline(bastionConfig(withPipeline + yaml)));

  it("make a first password only where config has one to make", () => {
    assert.doesNotMatch(actionsOf("users: { ada: }"), /CreateLoginProfile/);
    assert.match(
      actionsOf(`users: { ada: { pgpKey: "${"A".repeat(80)}" } }`),
      /CreateLoginProfile/,
    );
  });

  it("reach the alarm's resources only where there is an alarm", () => {
    const config = workloadConfig(withPipeline);
    const text = (hasAlarm: boolean) =>
      JSON.stringify(workloadPipeline(config, placeIn(config, hasAlarm)));
    assert.doesNotMatch(text(false), /sns:|kms:|events:/);
    assert.match(text(true), /sns:CreateTopic/);
  });

  it("fit what IAM lets a role have", () => {
    const config = workloadConfig(withPipeline);
    const plan = workloadPipeline(config, placeIn(config));
    assert.ok(plan);
    const texts = Object.values(plan.deployment.inlinePolicies).map(
      documentText,
    );
    assert.equal(texts.length, 1);
    assert.ok(texts.join("").length <= quotas.roleInlineCharacters);
  });

  it("are the same for a run of the pipeline, which has another deployment role", () => {
    const by = (role: string) => {
      const config = workloadConfig(`${withPipeline}deploymentRole: ${role}`);
      return workloadPipeline(config, placeIn(config));
    };
    assert.deepEqual(by("pipeline-preview"), by("Deploy"));
  });
});

describe("what bounds those that a pipeline makes", () => {
  const everyRole = `${withPipeline}auditor: true
roles:
  PowerUser: { passRolePath: /app/, assumableRoles: ["cdk-hnb659fds-*"] }
  Analyst: { managedPolicies: [AmazonDynamoDBReadOnlyAccess] }
  Own: { managedPolicies: [IAMFullAccess], permissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess" }
everybody: [{ roles: [ReadOnly, Auditor, Own], accounts: all }]
teams: { operations: { grants: [{ roles: [PowerUser, OpsSudo], accounts: all }] } }
users: { ada: { teams: [operations], programmaticAccess: false }, bob: }
`;
  const readAll = (texts: readonly string[]): readonly Document[] =>
    texts.map((text) => {
      const reading = readDocument(JSON.parse(text), "identity");
      assert.ok(reading.kind === "document");
      return reading.document;
    });
  const nothingBeyond = (
    caller: CallerCase,
    texts: readonly string[],
    boundary: BoundaryPlan | undefined,
  ): void => {
    assert.ok(boundary);
    const limit = documentText(boundary.document);
    assert.ok(limit.length <= quotas.managedPolicyCharacters);
    const documents = readAll(texts);
    const within = { documents, boundary: readAll([limit]) };
    const free = { documents, boundary: undefined };
    assert.deepEqual(requestBeyond(free, within, caller), { answer: "closed" });
  };

  it("takes nothing from users of what their groups give", () => {
    const config = bastionConfig(everyRole);
    const groups = planGroups(config);
    for (const { name } of config.users) {
      nothingBeyond(
        userCase({ account, partition: "aws", arn: undefined }),
        groups
          .filter(({ members }) => members.includes(name))
          .flatMap(({ inlinePolicies }) => Object.values(inlinePolicies))
          .map(documentText),
        userBoundary(config),
      );
    }
  });

  it("takes nothing from the auditor's role", () => {
    const { organisation, accounts } = workloadConfig(everyRole);
    const [dev] = accounts;
    assert.ok(dev);
    const auditor = planRoles(organisation, dev, account).find(
      ({ name }) => name === "Auditor",
    );
    const { id } = dev;
    nothingBeyond(
      roleSessionCase({ account: id, partition: "aws", arn: undefined }),
      Object.values(auditor?.inlinePolicies ?? {}),
      roleBoundary(organisation, id),
    );
  });

  it("is on every role but OpsSudo and those with one of their own", () => {
    const { organisation, accounts } = workloadConfig(everyRole);
    const [dev] = accounts;
    assert.ok(dev);
    const own = roleBoundary(organisation, dev.id)?.arn;
    const without = planRoles(organisation, dev, account)
      .filter(({ permissionsBoundaryArn }) => permissionsBoundaryArn !== own)
      .map(({ name }) => name);
    assert.deepEqual(without, ["OpsSudo", "Own"]);
    const free = planRoles(
      { ...organisation, pipeline: undefined },
      dev,
      account,
    );
    assert.ok(
      free.every(
        ({ name, permissionsBoundaryArn }) =>
          (permissionsBoundaryArn === undefined) === (name !== "Own"),
      ),
    );
  });

  it("names no role that may not be written", () => {
    const config = workloadConfig(everyRole);
    const [dev] = config.accounts;
    assert.ok(dev);
    const plan = workloadPipeline(config, {
      account: dev,
      bastionAccountId: account,
      hasAlarm: false,
    });
    const named = Object.values(plan?.deployment.inlinePolicies ?? {})
      .flatMap(({ Statement }) => Statement)
      .filter(
        ({ Effect, Action = [] }) =>
          Effect === "Allow" && Action.includes("iam:UpdateAssumeRolePolicy"),
      )
      .flatMap(({ Resource = [] }) => Resource);
    assert.deepEqual(
      named.map((arn) => arn.split("/").at(-1)),
      ["PowerUser", "ReadOnly", "Analyst", "Auditor"],
    );
  });

  it("says what is wrong where it would be too long", () => {
    const roles = Array.from(
      { length: 80 },
      (_, index) =>
        `  ${"Role".repeat(14)}${index}: { managedPolicies: [SecurityAudit] }`,
    ).join("\n");
    assert.throws(
      () => userBoundary(bastionConfig(`${withPipeline}roles:\n${roles}\n`)),
      /pipeline-user-boundary \d+ characters long/,
    );
  });
});

describe("a pipeline in the bastion's stack", () => {
  const registered: {
    readonly type: string;
    readonly name: string;
    readonly inputs: Record<string, unknown>;
  }[] = [];

  before(async () => {
    await runtime.setMocks({
      newResource: ({ type, name, inputs, id }) => {
        registered.push({ type, name, inputs: inputs as never });
        return { id: id ?? `${name}-id`, state: { ...inputs } as object };
      },
      call: () => ({}),
    });
  });

  const build = async (yaml: string) => {
    registered.length = 0;
    buildBastion(bastionConfig(organisation + yaml));
    // Waits until every resource is registered; the mocks stay.
    await runtime.disconnect();
    return registered.filter(({ name }) => /pipeline|^bastion$/.test(name));
  };
  const types = (all: readonly { readonly type: string }[]) =>
    all.map(({ type }) => type.split(":").at(-1)).sort();

  it("is not there unless config names a repository", async () => {
    assert.deepEqual(types(await build("")), ["BastionAccount"]);
  });

  it("brings GitHub's identity provider, unless the account has it", async () => {
    const all = ["BastionAccount", "Pipeline", "Policy", "Role", "Role"].concat(
      "RolePoliciesExclusive",
      "RolePoliciesExclusive",
      "RolePolicy",
      "RolePolicy",
      "RolePolicyAttachmentsExclusive",
      "RolePolicyAttachmentsExclusive",
    );
    assert.deepEqual(
      types(await build("pipeline: { repository: acme/bastion }")),
      [...all, "OpenIdConnectProvider"].sort(),
    );
    assert.deepEqual(
      types(
        await build(
          "pipeline: { repository: acme/bastion, existingProvider: true }",
        ),
      ),
      all.sort(),
    );
  });

  it("is let in by the token of its run, which stands in a file", async () => {
    await build(
      "deploymentRole: pipeline-preview\nwebIdentityTokenFile: /tmp/token",
    );
    const provider = registered.find(({ type }) => type.includes("providers"));
    assert.deepEqual(
      JSON.parse(String(provider?.inputs["assumeRoleWithWebIdentity"])),
      {
        roleArn: "arn:aws:iam::111111111111:role/pipeline-preview",
        sessionName: "bastion-account-deployment",
        webIdentityTokenFile: "/tmp/token",
      },
    );
    assert.equal(provider?.inputs["assumeRoles"], undefined);
  });
});

describe("a pipeline's config", () => {
  const facts = (yaml: string) =>
    bastionConfig(organisation + yaml).organisation.pipeline;

  it("deploys from an environment, whose reviewers see each deployment, unless it names a branch", () => {
    const from = (more: string) =>
      facts(`pipeline: { repository: acme/bastion${more} }`)?.deploysFrom;
    assert.deepEqual(from(""), { environment: "production" });
    assert.deepEqual(from(", branch: trunk"), { branch: "trunk" });
    assert.deepEqual(from(", environment: live"), { environment: "live" });
  });

  it("takes a repository with the ids that newer tokens carry", () => {
    assert.equal(
      facts("pipeline: { repository: acme@7/bastion@42 }")?.repository,
      "acme@7/bastion@42",
    );
  });

  for (const [yaml, path] of [
    ["pipeline: { branch: main }", "pipeline.repository"],
    ["pipeline: { repository: acme }", "pipeline.repository"],
    ['pipeline: { repository: "acme/*" }', "pipeline.repository"],
    ["pipeline: { repository: acme@7/bastion }", "pipeline.repository"],
    [
      'pipeline: { repository: acme/bastion, branch: "release/*" }',
      "pipeline.branch",
    ],
    [
      "pipeline: { repository: acme/bastion, branch: main, environment: live }",
      "pipeline.environment",
    ],
    [
      "deploymentRole: none\nwebIdentityTokenFile: /tmp/token",
      "webIdentityTokenFile",
    ],
  ] as const) {
    it(`refuses ${yaml.replace("\n", " with ")}`, () => {
      const problems = problemsOf(`stack: bastion${organisation}${yaml}`);
      assert.deepEqual(
        problems.map((one) => one.path),
        [path],
      );
    });
  }
});

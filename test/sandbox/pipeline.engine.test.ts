import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetRoleCommand,
  IAM,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { issueToken, type TokenClaims } from "../../sandbox/aws/tokens";
import { checkout } from "../../sandbox/engine/paths";
import type { Finished } from "../../sandbox/engine/run";
import { underPolicyPack } from "../../sandbox/policy-pack";
import { stackFileText } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import { credentialsOf } from "../../sandbox/signed-request";
import type { Stack } from "../../sandbox/stack";
import { clientConfig } from "../../sandbox/tour/people";
import { TwoCheckouts } from "../repository/two-checkouts";

const bastionId = "111111111111";
const devId = "222222222222";

const repository = "acme@7/bastion-account@42";

const pipeline = `  bastion-account:pipeline:
    repository: ${repository}
`;
const alarm = `  bastion-account:breakGlassAlarm:
    enabled: true
    accounts: [dev]
    regions: [us-east-1, eu-central-1]
    emails: [oncall@example.org]
`;

const withPipeline = (stack: string, more = ""): string =>
  stackFileText(stack) + pipeline + more;

const rules = [
  ...underPolicyPack,
  "--policy-pack-config",
  join(checkout, ".github", "rules.json"),
];

const claims = (of: Partial<TokenClaims>): TokenClaims => ({
  iss: "https://token.actions.githubusercontent.com",
  aud: "sts.amazonaws.com",
  sub: `repo:${repository}:environment:production`,
  exp: Math.floor(Date.now() / 1_000) + 300,
  ...of,
});

/** The state's providers are those of the run before, with its token: the program has newer ones. */
const refreshed = ["--refresh", "--run-program"];

const pullRequest = { sub: `repo:${repository}:pull_request` };

describe("a repository's pipeline", () => {
  let sandbox: Sandbox;
  let bastion: Stack;
  let workload: Stack;

  const tokenFile = (of: Partial<TokenClaims>): string => {
    const file = join(sandbox.workspace.folder, "token");
    writeFileSync(file, issueToken(claims(of)));
    return file;
  };

  /** What a workflow adds to the stack's config. */
  const as = (role: string, of: Partial<TokenClaims>): readonly string[] => [
    "--config",
    `bastion-account:deploymentRole=${role}`,
    "--config",
    `bastion-account:webIdentityTokenFile=${tokenFile(of)}`,
  ];

  const take = async (
    accountId: string,
    role: string,
    of: Partial<TokenClaims> = {},
  ): Promise<IAM> => {
    const { Credentials: given } = await new STSClient({
      endpoint: sandbox.aws.endpoint,
      region: "us-east-1",
    }).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
        RoleSessionName: "workflow",
        WebIdentityToken: issueToken(claims(of)),
      }),
    );
    return new IAM(clientConfig(sandbox.aws, credentialsOf(given)));
  };

  before(async () => {
    sandbox = await startSandbox({ progress: console.log });
    bastion = await sandbox.stack("bastion", withPipeline("bastion"));
    workload = await sandbox.stack("workload", withPipeline("workload", alarm));
  });

  after(async () => {
    await sandbox.close();
  });

  const fine = ({ code, stdout, stderr }: Finished): string => {
    assert.equal(code, 0, stdout + stderr);
    return stdout;
  };

  it("gets its roles, and the account its alarm, under the policy pack", async () => {
    await bastion.up(...rules);
    await workload.up(...rules);
  });

  it("is stopped by the pack where the config does not name its role", async () => {
    const { code, stdout } = await bastion.preview({}, ...underPolicyPack);
    assert.notEqual(code, 0);
    assert.match(stdout, /role pipeline-deployment can change IAM/);
  });

  it("changes nothing when it is deployed a second time, and finds nothing to refresh", async () => {
    for (const stack of [bastion, workload]) {
      await stack.up("--expect-no-changes");
      await stack.refresh("--expect-no-changes");
    }
  });

  it("deploys what was merged with what the deployment role may change", async () => {
    const main = {};
    bastion.writeConfig(
      withPipeline("bastion")
        .replace(/ {4}bashir:\n {6}teams: \[developers\]\n/, "    eve:\n")
        .replace("acme-bastion", "another-alias")
        .replace(
          /bastion-account:teams:\n/,
          "bastion-account:teams:\n    guests:\n      grants: []\n",
        ),
    );
    await bastion.up(...refreshed, ...as("pipeline-deployment", main));
    workload.writeConfig(
      withPipeline(
        "workload",
        alarm.replace("[us-east-1, eu-central-1]", "[eu-central-1, eu-west-1]"),
      ) +
        `  bastion-account:roles:
    ReadOnly: { maxSessionSeconds: 7200 }
    Analyst: { managedPolicies: [SecurityAudit], inlinePolicies: { look: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:List*", Resource: "*" }] } } }
`,
    );
    await workload.up(...refreshed, ...as("pipeline-deployment", main));
    workload.writeConfig(withPipeline("workload", alarm));
    await workload.up(...refreshed, ...as("pipeline-deployment", main));
  });

  it("stops where a role comes that its permissions do not name", async () => {
    workload.writeConfig(
      `${withPipeline("workload", alarm)}  bastion-account:roles:
    Analyst: { description: Looks into DynamoDB tables, managedPolicies: [AmazonDynamoDBReadOnlyAccess] }
    Helper: { managedPolicies: [SecurityAudit] }
`,
    );
    await assert.rejects(
      workload.up(...refreshed, ...as("pipeline-deployment", {})),
      /AccessDenied/,
    );
    const roles = sandbox.aws.cloud.accounts.get(devId)?.roles;
    assert.equal(roles?.has("Analyst"), true);
    assert.equal(roles.has("Helper"), false);
    workload.writeConfig(withPipeline("workload", alarm));
    await workload.up(...refreshed, ...as("pipeline-deployment", {}));
  });

  it("shows what the branch's program makes of a pull request's config, with what the preview role may read", async () => {
    const config = withPipeline("bastion");
    const checkouts = new TwoCheckouts({ "Pulumi.bastion.yaml": config });
    try {
      const changed = config.replace("acme-bastion", "third-alias");
      assert.ok(checkouts.isConfigAlone({ "Pulumi.bastion.yaml": changed }));
      const plan = fine(
        await bastion.run(
          [
            ...["preview", "--stack", "bastion", ...refreshed],
            ...as("pipeline-preview", pullRequest),
            ...rules,
          ],
          checkouts.protected,
        ),
      );
      assert.match(plan, /aws:iam:AccountAlias .*replace/);
    } finally {
      checkouts.remove();
    }
  });

  it("plans no change of its own roles, though it runs with another role than the deployment", async () => {
    workload.writeConfig(withPipeline("workload", alarm));
    const plan = fine(
      await workload.preview(
        {},
        ...refreshed,
        ...as("pipeline-preview", pullRequest),
      ),
    );
    // The two providers, which take that other role.
    assert.match(plan, /\n +~ 2 to update\n +\d+ unchanged\n/);
  });

  const strangers: readonly (readonly [string, Partial<TokenClaims>])[] = [
    ["a branch", { sub: `repo:${repository}:ref:refs/heads/main` }],
    ["a tag", { sub: `repo:${repository}:ref:refs/tags/main` }],
    ["a pull request", pullRequest],
    ["another environment", { sub: `repo:${repository}:environment:test` }],
    [
      "a repository of the same name, made anew",
      { sub: "repo:acme@8/bastion-account@43:environment:production" },
    ],
    [
      "a repository whose name begins alike",
      { sub: `repo:${repository}0:environment:production` },
    ],
    ["another audience", { aud: "https://github.com/acme" }],
    ["another issuer", { iss: "https://token.example.org" }],
    ["an hour ago", { exp: Math.floor(Date.now() / 1_000) - 3_600 }],
  ];
  for (const [who, of] of strangers) {
    it(`lets nobody deploy with a token of ${who}`, async () => {
      for (const accountId of [bastionId, devId]) {
        await assert.rejects(take(accountId, "pipeline-deployment", of), {
          name: /^(AccessDenied|InvalidIdentityToken|ExpiredToken)/,
        });
      }
    });
  }

  it("lets a pull request take no role but the one that reads", async () => {
    for (const accountId of [bastionId, devId]) {
      const reader = await take(accountId, "pipeline-preview", pullRequest);
      await reader.send(new GetRoleCommand({ RoleName: "pipeline-preview" }));
      await assert.rejects(
        reader.send(new CreateUserCommand({ UserName: "mallory" })),
        { name: "AccessDenied" },
      );
      for (const role of ["OpsSudo", "ReadOnly", "pipeline-deployment"]) {
        await assert.rejects(take(accountId, role, pullRequest), {
          name: "AccessDenied",
        });
      }
    }
  });

  it("can't change its own way in, nor the organisation's", async () => {
    for (const accountId of [bastionId, devId]) {
      const deployer = await take(accountId, "pipeline-deployment");
      for (const RoleName of [
        "pipeline-deployment",
        "pipeline-preview",
        "OrganizationAccountAccessRole",
      ]) {
        const trust = { RoleName, PolicyDocument: "{}" };
        await assert.rejects(
          deployer.send(new UpdateAssumeRolePolicyCommand(trust)),
          { name: "AccessDenied" },
        );
        await assert.rejects(
          deployer.send(
            new PutRolePolicyCommand({ ...trust, PolicyName: "more" }),
          ),
          { name: "AccessDenied" },
        );
      }
    }
  });

  it("makes nobody a key", async () => {
    const deployer = await take(bastionId, "pipeline-deployment");
    await assert.rejects(
      deployer.send(new CreateAccessKeyCommand({ UserName: "ada" })),
      { name: "AccessDenied" },
    );
  });

  it("leaves nothing behind when its stacks are destroyed", async () => {
    // Destroying goes by the providers in the state: those of whoever deployed last.
    workload.writeConfig(withPipeline("workload", alarm));
    bastion.writeConfig(withPipeline("bastion"));
    await workload.up();
    await bastion.up();
    await workload.destroy();
    await bastion.destroy();
    for (const id of [bastionId, devId]) {
      const account = sandbox.aws.cloud.accounts.get(id);
      assert.equal(account?.identityProviders.size, 0);
      assert.deepEqual(
        [...account.roles.keys()],
        ["OrganizationAccountAccessRole"],
      );
    }
  });
});

import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { startAws, type SandboxAws } from "../../../sandbox/aws";
import { issueToken } from "../../../sandbox/aws/tokens";
import { allow } from "../../../sandbox/grown-account/make";
import { credentialsOf } from "../../../sandbox/signed-request";
import { administratorOf, clientConfig } from "../../../sandbox/tour/people";
import { bastionConfig, workloadConfig } from "../../infra/config-of";
import { makeBastion, makeWorkload } from "../pipeline-accounts";

const bastionId = "111111111111";
const devId = "222222222222";
const repository = "acme@7/bastion@42";

const shared = `
bastionAccountId: "${bastionId}"
accounts: { dev: { id: "${devId}" } }
pipeline: { repository: ${repository} }
`;
const people = `
teams: { operations: { grants: [{ roles: [OpsSudo], accounts: all }] } }
users: { ada: { teams: [operations] } }
`;
/** Users, groups and roles side by side. */
const single = shared.replace(devId, bastionId);

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const everything = allow("*");

/** What somebody who merges to the branch holds: a token of the deployment. */
const token = () =>
  issueToken({
    iss: "https://token.actions.githubusercontent.com",
    aud: "sts.amazonaws.com",
    sub: `repo:${repository}:environment:production`,
    exp: Math.floor(Date.now() / 1_000) + 300,
  });

const letsInWorkflows = (accountId: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: {
          Federated: `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`,
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": `repo:${repository}:environment:production`,
          },
        },
      },
    ],
  });

type Attempts = Readonly<Record<string, () => Promise<unknown>>>;

describe("whoever holds the pipeline's deployment", () => {
  let aws: SandboxAws;

  afterEach(() => aws.close());

  async function start(accountId: string, config: string): Promise<void> {
    const ids = [...new Set([bastionId, accountId])];
    aws = await startAws({ accounts: ids.map((id) => ({ id, name: id })) });
    const bastion = bastionConfig(config + people);
    const workload = workloadConfig(config);
    const [account] = workload.accounts;
    assert.ok(account);
    await makeBastion(await administratorOf(aws, bastionId), bastion);
    await makeWorkload(
      await administratorOf(aws, accountId),
      workload,
      account,
      bastionId,
    );
  }

  const take = async (accountId: string, role: string): Promise<IAM> => {
    const sts = new STS({ endpoint: aws.endpoint, region: "us-east-1" });
    const { Credentials: given } = await sts.assumeRoleWithWebIdentity({
      RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
      RoleSessionName: "mallory",
      WebIdentityToken: token(),
    });
    return new IAM(clientConfig(aws, credentialsOf(given)));
  };

  async function allDenied(attempts: Attempts): Promise<void> {
    for (const [what, attempt] of Object.entries(attempts)) {
      await assert.rejects(attempt(), { name: "AccessDenied" }, what);
    }
  }

  /** What lets the pipeline in, and what bounds it. */
  function itsOwnWayIn(iam: IAM, accountId: string): Attempts {
    const here = `arn:aws:iam::${accountId}`;
    const provider = `${here}:oidc-provider/token.actions.githubusercontent.com`;
    const trust = letsInWorkflows(accountId);
    const onRole = (RoleName: string): Attempts => ({
      [`let others into ${RoleName}`]: () =>
        iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust }),
      [`give ${RoleName} a policy`]: () =>
        iam.putRolePolicy({
          RoleName,
          PolicyName: "more",
          PolicyDocument: everything,
        }),
      [`give ${RoleName} administrator`]: () =>
        iam.attachRolePolicy({ RoleName, PolicyArn: administrator }),
      [`delete ${RoleName}`]: () => iam.deleteRole({ RoleName }),
    });
    const onBoundary = (kind: string): Attempts => {
      const PolicyArn = `${here}:policy/pipeline-${kind}-boundary`;
      return {
        [`widen the boundary of ${kind}s`]: () =>
          iam.createPolicyVersion({
            PolicyArn,
            PolicyDocument: everything,
            SetAsDefault: true,
          }),
        [`go back to an old boundary of ${kind}s`]: () =>
          iam.setDefaultPolicyVersion({ PolicyArn, VersionId: "v1" }),
        [`delete the boundary of ${kind}s`]: () =>
          iam.deletePolicy({ PolicyArn }),
      };
    };
    return {
      ...onRole("pipeline-deployment"),
      ...onRole("pipeline-preview"),
      ...onRole("OrganizationAccountAccessRole"),
      ...onBoundary("user"),
      ...onBoundary("role"),
      "take tokens for others": () =>
        iam.addClientIDToOpenIDConnectProvider({
          OpenIDConnectProviderArn: provider,
          ClientID: "https://github.com/mallory",
        }),
      "have the provider's certificate be another": () =>
        iam.updateOpenIDConnectProviderThumbprint({
          OpenIDConnectProviderArn: provider,
          ThumbprintList: ["0".repeat(40)],
        }),
      "make another provider": () =>
        iam.createOpenIDConnectProvider({ Url: "https://token.example.org" }),
    };
  }

  const makesRoles = (iam: IAM, accountId: string): Attempts => {
    const RoleName = "helper";
    const AssumeRolePolicyDocument = letsInWorkflows(accountId);
    return {
      "make a role": () =>
        iam.createRole({ RoleName, AssumeRolePolicyDocument }),
      "make a role without a boundary, by a name of the program's": () =>
        iam.createRole({ RoleName: "PowerUser", AssumeRolePolicyDocument }),
      "make a role within another boundary": () =>
        iam.createRole({
          RoleName: "PowerUser",
          AssumeRolePolicyDocument,
          PermissionsBoundary: administrator,
        }),
      "take a boundary off": () =>
        iam.deleteRolePermissionsBoundary({ RoleName: "ReadOnly" }),
      "put another boundary on": () =>
        iam.putRolePermissionsBoundary({
          RoleName: "ReadOnly",
          PermissionsBoundary: administrator,
        }),
      "let others into OpsSudo": () =>
        iam.updateAssumeRolePolicy({
          RoleName: "OpsSudo",
          PolicyDocument: AssumeRolePolicyDocument,
        }),
      "make OpsSudo anew": () => iam.deleteRole({ RoleName: "OpsSudo" }),
    };
  };

  /** A role that the pipeline may write, made into all that it can be. */
  async function helper(deployer: IAM, accountId: string): Promise<IAM> {
    const RoleName = "ReadOnly";
    await deployer.putRolePolicy({
      RoleName,
      PolicyName: "more",
      PolicyDocument: everything,
    });
    await deployer.attachRolePolicy({ RoleName, PolicyArn: administrator });
    await deployer.updateAssumeRolePolicy({
      RoleName,
      PolicyDocument: letsInWorkflows(accountId),
    });
    return take(accountId, RoleName);
  }

  /** A user whom the pipeline makes, with a group that allows everything; a key is the account's to give. */
  async function mallory(deployer: IAM): Promise<IAM> {
    const [UserName, GroupName] = ["mallory", "team-operations"];
    await deployer.createUser({
      UserName,
      PermissionsBoundary: `arn:aws:iam::${bastionId}:policy/pipeline-user-boundary`,
    });
    await deployer.addUserToGroup({ UserName, GroupName });
    await deployer.putGroupPolicy({
      GroupName,
      PolicyName: "more",
      PolicyDocument: everything,
    });
    const account = await administratorOf(aws, bastionId);
    const { AccessKey: key } = await account.createAccessKey({ UserName });
    return new IAM(
      clientConfig(aws, {
        accessKeyId: key?.AccessKeyId ?? "",
        secretAccessKey: key?.SecretAccessKey ?? "",
      }),
    );
  }

  const administers = (iam: IAM): Attempts => ({
    "take a boundary off": () =>
      iam.deleteUserPermissionsBoundary({ UserName: "mallory" }),
    "make a user": () => iam.createUser({ UserName: "eve" }),
    "make a role": () =>
      iam.createRole({
        RoleName: "helper",
        AssumeRolePolicyDocument: letsInWorkflows(bastionId),
      }),
    "give a user a policy": () =>
      iam.putUserPolicy({
        UserName: "mallory",
        PolicyName: "more",
        PolicyDocument: everything,
      }),
    "give a group a policy": () =>
      iam.putGroupPolicy({
        GroupName: "bastion-users",
        PolicyName: "more",
        PolicyDocument: everything,
      }),
    "make another's key": () => iam.createAccessKey({ UserName: "ada" }),
    "set another's password": () =>
      iam.updateLoginProfile({ UserName: "ada", Password: "Mallorys-1!" }),
  });

  const makesUsers = (iam: IAM): Attempts => ({
    "make a user without a boundary": () =>
      iam.createUser({ UserName: "mallory" }),
    "make a user within another boundary": () =>
      iam.createUser({
        UserName: "mallory",
        PermissionsBoundary: administrator,
      }),
    "take a boundary off": () =>
      iam.deleteUserPermissionsBoundary({ UserName: "ada" }),
    "put another boundary on": () =>
      iam.putUserPermissionsBoundary({
        UserName: "ada",
        PermissionsBoundary: administrator,
      }),
    "give a user a policy": () =>
      iam.attachUserPolicy({ UserName: "ada", PolicyArn: administrator }),
    "make a key": () => iam.createAccessKey({ UserName: "ada" }),
  });

  it("is no administrator of a workload account, nor by a role of its making", async () => {
    await start(devId, shared);
    const deployer = await take(devId, "pipeline-deployment");
    await allDenied({
      ...itsOwnWayIn(deployer, devId),
      ...makesRoles(deployer, devId),
    });
    const iam = await helper(deployer, devId);
    await iam.listRoles({});
    await allDenied({ ...itsOwnWayIn(iam, devId), ...makesRoles(iam, devId) });
  });

  it("is no administrator of the bastion, nor by a user of its making", async () => {
    await start(devId, shared);
    const deployer = await take(bastionId, "pipeline-deployment");
    await allDenied({
      ...itsOwnWayIn(deployer, bastionId),
      ...makesUsers(deployer),
    });
    const iam = await mallory(deployer);
    await iam.getUser({ UserName: "mallory" });
    await allDenied({ ...itsOwnWayIn(iam, bastionId), ...administers(iam) });
  });

  it("is no administrator of a single account, by neither", async () => {
    await start(bastionId, single);
    const deployer = await take(bastionId, "pipeline-deployment");
    const attempts = {
      ...itsOwnWayIn(deployer, bastionId),
      ...makesRoles(deployer, bastionId),
    };
    await allDenied({ ...attempts, ...makesUsers(deployer) });
    for (const iam of [
      await helper(deployer, bastionId),
      await mallory(deployer),
    ]) {
      await allDenied({
        ...itsOwnWayIn(iam, bastionId),
        ...makesRoles(iam, bastionId),
        ...administers(iam),
      });
    }
  });
});

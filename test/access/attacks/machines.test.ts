import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../sandbox/aws";
import { issueToken, type TokenClaims } from "../../../sandbox/aws/tokens";
import {
  credentialsOf,
  type Credentials,
} from "../../../sandbox/signed-request";
import {
  administratorOf,
  clientConfig,
  deploymentIn,
} from "../../../sandbox/tour/people";
import { bastionConfig } from "../../infra/config-of";
import {
  branchJob,
  releaser,
  reportsOfProd,
  scanner,
} from "../../infra/machine-role-yaml";
import { startWithAccounts } from "../made-accounts";

const dev = "222222222222";
const prod = "033333333333";
const everything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** The vendor and its other customer stand in the same AWS as the accounts of the config. */
const config = bastionConfig(`
bastionAccountId: "111111111111"
accounts: { dev: { id: "${dev}" }, prod: { id: "${prod}", roles: [ReadOnly] } }
roles:${scanner("777777777777")}${branchJob("Deployer")}${releaser}${reportsOfProd("Collector")}
teams: { crew: { grants: [{ roles: [PowerUser, OpsSudo], accounts: [dev] }] } }
users: { ada: { teams: [crew] } }
`);

describe("a role that no person takes", () => {
  let aws: SandboxAws;

  before(async () => {
    aws = await startWithAccounts(config, {}, [
      { id: "777777777777", name: "vendor" },
      { id: "888888888888", name: "stranger" },
    ]);
    // What may take any role, as far as its own account says.
    for (const id of ["777777777777", "888888888888", prod, dev]) {
      const iam = await administratorOf(aws, id);
      for (const RoleName of ["reports", "scan"]) {
        await iam.createRole({
          RoleName,
          AssumeRolePolicyDocument: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { AWS: `arn:aws:iam::${id}:root` },
                Action: "sts:AssumeRole",
              },
            ],
          }),
        });
        await iam.putRolePolicy({
          RoleName,
          PolicyName: "all",
          PolicyDocument: everything,
        });
      }
    }
  });
  after(() => aws.close());

  const sts = (credentials: Credentials) =>
    new STS(clientConfig(aws, credentials));

  /** A session of a role that a machine has in the account. */
  async function machine(account: string, role: string): Promise<Credentials> {
    const { Credentials: given } = await sts(
      await deploymentIn(aws, account),
    ).assumeRole({
      RoleArn: `arn:aws:iam::${account}:role/${role}`,
      RoleSessionName: "machine",
    });
    return credentialsOf(given);
  }

  const take = (credentials: Credentials, role: string, ExternalId?: string) =>
    sts(credentials).assumeRole({
      RoleArn: `arn:aws:iam::${dev}:role/${role}`,
      RoleSessionName: "machine",
      ...(ExternalId === undefined ? {} : { ExternalId }),
    });

  const withToken = (role: string, claims: Partial<TokenClaims>) =>
    new STS({
      endpoint: aws.endpoint,
      region: "us-east-1",
    }).assumeRoleWithWebIdentity({
      RoleArn: `arn:aws:iam::${dev}:role/${role}`,
      RoleSessionName: "job",
      WebIdentityToken: issueToken({
        iss: "https://gitlab.com",
        aud: "https://gitlab.com",
        sub: "project_path:acme/shop:ref_type:branch:ref:main",
        exp: Math.floor(aws.clock.now().getTime() / 1_000) + 300,
        ...claims,
      }),
    });

  const denied = (attempt: Promise<unknown>, what: string) =>
    assert.rejects(
      attempt,
      { name: /AccessDenied|InvalidIdentityToken/ },
      what,
    );

  it("opens to the vendor with its external id, and to no other way of coming", async () => {
    const vendor = await machine("777777777777", "scan");
    await take(vendor, "Scanner", "acme-7f3a9c21");
    await denied(take(vendor, "Scanner"), "without an external id");
    await denied(take(vendor, "Scanner", "acme-7f3a9c22"), "another's id");
    const stranger = await machine("888888888888", "scan");
    await denied(take(stranger, "Scanner", "acme-7f3a9c21"), "a stranger");
    await denied(take(vendor, "Collector"), "another role");
  });

  it("opens to tokens of its subject and audience, and to no others", async () => {
    await withToken("Deployer", {});
    const tag = "project_path:acme/shop:ref_type:tag:ref:v1.2";
    await withToken("Releaser", { aud: "sts.amazonaws.com", sub: tag });
    const cases: readonly (readonly [string, Partial<TokenClaims>])[] = [
      ["Deployer", { sub: "project_path:acme/shop:ref_type:branch:ref:main2" }],
      ["Deployer", { sub: "project_path:evil/shop:ref_type:branch:ref:main" }],
      // The provider takes it, for the other role.
      ["Deployer", { aud: "sts.amazonaws.com" }],
      ["Deployer", { aud: "https://evil.example" }],
      ["Deployer", { iss: "https://gitlab.evil.example" }],
      ["Releaser", { sub: tag }],
      ["Releaser", { aud: "sts.amazonaws.com" }],
      [
        "Releaser",
        {
          aud: "sts.amazonaws.com",
          sub: "project_path:evil/shop:ref_type:tag:ref:v1.2",
        },
      ],
    ];
    for (const [role, claims] of cases) {
      await denied(withToken(role, claims), JSON.stringify([role, claims]));
    }
  });

  it("opens to the one role of the other account", async () => {
    await take(await machine(prod, "reports"), "Collector");
    await denied(
      take(await machine(prod, "scan"), "Collector"),
      "another role",
    );
    await denied(
      take(await machine(dev, "reports"), "Collector"),
      "of that name elsewhere",
    );
  });

  it("opens to no session of people's roles", async () => {
    const powerUser = await roleOfPeople("PowerUser");
    const opsSudo = await roleOfPeople("OpsSudo");
    for (const role of ["Scanner", "Deployer", "Releaser", "Collector"]) {
      for (const credentials of [powerUser, opsSudo]) {
        await denied(take(credentials, role, "acme-7f3a9c21"), role);
      }
    }
  });

  /** As if somebody had let the deployment into it, for a moment. */
  async function roleOfPeople(RoleName: string): Promise<Credentials> {
    const iam = await administratorOf(aws, dev);
    const { Role } = await iam.getRole({ RoleName });
    const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
    await iam.updateAssumeRolePolicy({
      RoleName,
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${dev}:root` },
            Action: "sts:AssumeRole",
          },
        ],
      }),
    });
    const session = await machine(dev, RoleName);
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust });
    return session;
  }

  it("is no administrator, also when somebody attaches that to it", async () => {
    const administrator = await administratorOf(aws, dev);
    await administrator.attachRolePolicy({
      RoleName: "Scanner",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    const vendor = await machine("777777777777", "scan");
    const { Credentials: given } = await take(
      vendor,
      "Scanner",
      "acme-7f3a9c21",
    );
    const iam = new IAM(clientConfig(aws, credentialsOf(given)));
    await iam.listRoles({});
    const attempts = {
      "make a user": () => iam.createUser({ UserName: "mallory" }),
      "take off what denies it": () =>
        iam.deleteRolePolicy({
          RoleName: "Scanner",
          PolicyName: "deny-account-writes",
        }),
      "let others in": () =>
        iam.updateAssumeRolePolicy({
          RoleName: "Scanner",
          PolicyDocument: everything,
        }),
      "take another issuer's tokens": () =>
        iam.createOpenIDConnectProvider({ Url: "https://evil.example" }),
      "take another role": () => take(credentialsOf(given), "Collector"),
    };
    for (const [what, attempt] of Object.entries(attempts))
      await denied(attempt(), what);
  });
});

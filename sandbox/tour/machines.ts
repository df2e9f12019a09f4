import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import { stringify } from "yaml";
import type { SandboxAws } from "../aws";
import { issueToken } from "../aws/tokens";
import {
  parsed,
  stackFileText,
  type StackFile,
  type TrustEntry,
} from "../project";
import { credentialsOf, type Credentials } from "../signed-request";
import { check, type Check } from "./checks";
import { clientConfig, deploymentIn } from "./people";

/** A vendor's account, and that of another of its customers. */
const vendor = "777777777777";
const stranger = "888888888888";

/** What the tour deploys beside the stack files' own: their vendors are none of its AWS. */
const examples: StackFile["roles"] = {
  Scanner: {
    managedPolicies: ["SecurityAudit"],
    trust: { vendor: { accountId: vendor, externalId: "acme-7f3a9c21" } },
  },
  Builder: {
    managedPolicies: ["AmazonS3FullAccess"],
    trust: {
      oidc: {
        issuer: "gitlab.com",
        audience: "https://gitlab.com",
        subjects: ["project_path:acme/shop:ref_type:branch:ref:main"],
      },
    },
  },
};

export const furtherAccounts = [
  { id: vendor, name: "vendor" },
  { id: stranger, name: "stranger" },
];

/** What the names in the tables are, which no stack file has. */
export const examplesTold =
  "The tour's own, beside those of the stack files: Scanner for a vendor, Builder for a build job.";

export const withExamples = (file: StackFile): StackFile => ({
  ...file,
  roles: { ...file.roles, ...examples },
});

/** The text of a workload stack's file, with all the roles. */
export function workloadText(stack: string, { roles }: StackFile): string {
  const file = parsed(stackFileText(stack)) as {
    readonly config?: object;
  };
  return stringify({
    ...file,
    config: { ...file.config, "bastion-account:roles": roles },
  });
}

/** Tries each example in each account that has it: who should get in, and who comes near to that. */
export async function tryMachines(
  aws: SandboxAws,
  { accounts, roles }: StackFile,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const [account, { id, roles: own }] of Object.entries(accounts)) {
    for (const name of Object.keys(examples)) {
      const { trust } = roles[name] ?? {};
      if (trust === undefined || own?.includes(name) === false) continue;
      const at = {
        aws,
        accountId: id,
        role: name,
        what: `${name} in ${account}`,
      };
      checks.push(...(await tryTrust(at, trust)));
      checks.push(await denyIam(at, trust));
    }
  }
  return checks;
}

interface Place {
  readonly aws: SandboxAws;
  readonly accountId: string;
  readonly role: string;
  readonly what: string;
}

async function tryTrust(
  at: Place,
  trust: TrustEntry,
): Promise<readonly Check[]> {
  const { vendor: ofVendor, oidc } = trust;
  const denied = (what: string, attempt: Promise<unknown>) =>
    check(`${at.what}: ${what}`, "denied", attempt);
  if (ofVendor !== undefined) {
    const { accountId, externalId } = ofVendor;
    return [
      await check(`${at.what}: the vendor`, "allowed", enter(at, trust)),
      await denied("without the external id", take(at, accountId)),
      await denied(
        "with another external id",
        take(at, accountId, "other-7f3a9c21"),
      ),
      await denied("another account with it", take(at, stranger, externalId)),
    ];
  }
  if (oidc === undefined) return [];
  const other = "project_path:evil/shop:ref_type:branch:ref:main";
  return [
    await check(`${at.what}: a job of the branch`, "allowed", enter(at, trust)),
    await denied("another project", bear(at, oidc, { sub: other })),
    await denied("another audience", bear(at, oidc, { aud: "other" })),
  ];
}

/** As whom the config means. */
const enter = (at: Place, { vendor: ofVendor, oidc }: TrustEntry) =>
  ofVendor === undefined
    ? bear(at, oidc, {})
    : take(at, ofVendor.accountId, ofVendor.externalId);

/** By a role of the account. */
async function take(
  { aws, accountId, role }: Place,
  from: string,
  externalId?: string,
): Promise<Credentials> {
  const sts = new STS(clientConfig(aws, await deploymentIn(aws, from)));
  const { Credentials: given } = await sts.assumeRole({
    RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
    RoleSessionName: "machine",
    ExternalId: externalId,
  });
  return credentialsOf(given);
}

/** With a token. */
async function bear(
  { aws, accountId, role }: Place,
  oidc: TrustEntry["oidc"],
  claims: { readonly sub?: string; readonly aud?: string },
): Promise<Credentials> {
  const sts = new STS({ endpoint: aws.endpoint, region: "us-east-1" });
  const { Credentials: given } = await sts.assumeRoleWithWebIdentity({
    RoleArn: `arn:aws:iam::${accountId}:role/${role}`,
    RoleSessionName: "job",
    WebIdentityToken: issueToken({
      iss: `https://${oidc?.issuer ?? ""}`,
      aud: oidc?.audience ?? "",
      sub: oidc?.subjects[0] ?? "",
      exp: Math.floor(aws.clock.now().getTime() / 1_000) + 300,
      ...claims,
    }),
  });
  return credentialsOf(given);
}

async function denyIam(at: Place, trust: TrustEntry): Promise<Check> {
  const attempt = async () => {
    const session = await enter(at, trust);
    await new IAM(clientConfig(at.aws, session)).createUser({
      UserName: "mallory",
    });
  };
  return check(`${at.what} makes a user`, "denied", attempt());
}

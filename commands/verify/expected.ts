import { z } from "zod";
import type { BastionConfig, UserFacts } from "../../infra/config";
import * as schema from "../../infra/config/schema";
import { openWithoutMfa } from "../../infra/documents/mfa-guard";
import { planGroups } from "../../infra/groups";
import { bastionComponent } from "../../infra/logical-names";
import { assignmentsOf } from "../../infra/assignments";
import { iamArn } from "../../infra/partition";

const account = z.object({ id: schema.accountId, name: z.string() });

const document = z.custom<object>(
  (value) =>
    typeof value === "object" && value !== null && "Statement" in value,
  "an IAM document: a map with a Statement",
);

/** What the config says there should be, spelled out: for whoever compares it with what there is. */
const expectedAccessSchema = z.object({
  partition: schema.partition,
  region: z.string(),
  /** null: the caller's own credentials. */
  deploymentRole: z.string().nullable(),
  /** Whose workflows deploy, `owner/name`; null: the config has no pipeline. */
  pipelineRepository: z.string().nullable(),
  bastion: account,
  accounts: z.array(
    account.extend({
      roles: z.array(
        z.object({
          name: z.string(),
          /** Seconds; null: MFA of any age will do. */
          mfaMaxAgeSeconds: z.number().nullable(),
        }),
      ),
    }),
  ),
  users: z.array(
    z.object({
      name: z.string(),
      consoleAccess: z.boolean(),
      programmaticAccess: z.boolean(),
      /** Every role of every account, and whether the user may take it. */
      assignments: z.array(
        z.object({
          account: z.string(),
          role: z.string(),
          granted: z.boolean(),
        }),
      ),
    }),
  ),
  groups: z.array(
    z.object({
      name: z.string(),
      members: z.array(z.string()),
      inlinePolicies: z.record(z.string(), document),
      managedPolicies: z.array(document),
    }),
  ),
  /** Actions that users may call before MFA was given. */
  openWithoutMfa: z.array(z.string()),
  passwordPolicy: z.object({
    minimumLength: z.number(),
    /** Days; 0: passwords do not expire. */
    maxAgeDays: z.number(),
    rememberedPasswords: z.number(),
  }),
});

export type ExpectedAccess = z.infer<typeof expectedAccessSchema>;

/** What the bastion's stack says: asks neither Pulumi nor AWS. */
export function expectedAccess(config: BastionConfig): ExpectedAccess {
  const { organisation, accountId, users, passwordPolicy } = config;
  const { partition, region, deploymentRole, roles } = organisation;
  return {
    partition,
    region,
    deploymentRole: deploymentRole ?? null,
    pipelineRepository: config.pipeline?.repository ?? null,
    bastion: { id: accountId, name: bastionComponent },
    accounts: organisation.accounts.map((account) => ({
      ...account,
      roles: account.roles.map((name) => ({
        name,
        mfaMaxAgeSeconds: roles.get(name)?.mfaMaxAgeSeconds ?? null,
      })),
    })),
    users: users.map((user) => expectedUser(config, user)),
    groups: planGroups(config).map((group) => ({
      ...group,
      members: [...group.members],
      managedPolicies: [...group.managedPolicies],
    })),
    openWithoutMfa: [...openWithoutMfa],
    passwordPolicy,
  };
}

function expectedUser(config: BastionConfig, user: UserFacts) {
  const { name, consoleAccess, programmaticAccess } = user;
  const { accounts, partition } = config.organisation;
  const granted = new Set(
    assignmentsOf(config, user).map(({ roleArn }) => roleArn),
  );
  const assignments = accounts.flatMap(({ name: account, id, roles }) =>
    roles.map((role) => ({
      account,
      role,
      granted: granted.has(iamArn(partition, id, `role/${role}`)),
    })),
  );
  return { name, consoleAccess, programmaticAccess, assignments };
}

/** @throws Error that says what is wrong with the JSON. */
export function parseExpected(text: string): ExpectedAccess {
  const parsed = expectedAccessSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `The expected access is not as --print-expected writes it:\n${z.prettifyError(parsed.error)}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      "The expected access is not JSON. Fix: write it with --print-expected.",
    );
  }
}

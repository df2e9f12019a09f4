import type { PolicyConfigSchema } from "@pulumi/policy";
import type { IdentityProvider } from "../decide/federation/identity-provider";
import { problemsWith } from "./identity-providers";
import type { Exemption, Organisation, Vendor } from "./organisation";

const text = { type: "string" } as const;
const listOf = (items: object, fallback: readonly unknown[] = []) => ({
  type: "array" as const,
  items,
  default: [...fallback],
});
/** Names as IAM has them: any other, an ARN or a pattern, would be nobody's. */
const nameOf = (most: number) => ({
  type: "string" as const,
  pattern: `^[A-Za-z0-9_+=,.@-]{1,${most}}$`,
});
const roleName = nameOf(64);
/** Source: AWS STS API reference, "AssumeRole", ExternalId. */
const externalId = {
  type: "string",
  pattern: "^[A-Za-z0-9_+=,.@:/-]{2,}$",
  maxLength: 1224,
} as const;
const stack = {
  type: "string",
  pattern: "^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$",
} as const;
const accountId = { type: "string", pattern: "^[0-9]{12}$" } as const;
const atMost = (most: number, least: number, fallback: number) => ({
  type: "integer" as const,
  minimum: least,
  maximum: most,
  default: fallback,
});

/**
 * The config of the policy `organisation`, which all rules share. Defaults are those of the
 * project's own stacks, and the limits of CIS AWS Foundations Benchmark v3.0.0, 1.8 and 1.9.
 */
export const organisationSchema: PolicyConfigSchema = {
  properties: {
    bastionAccountId: { ...accountId, default: "111111111111" },
    accounts: listOf(accountId, ["222222222222", "033333333333"]),
    organisations: listOf({ type: "string", pattern: "^o-[a-z0-9]{10,32}$" }),
    bastionStacks: listOf(stack, ["bastion-account/bastion"]),
    mfaGroup: { ...nameOf(128), default: "bastion-users" },
    administratorRoles: listOf(roleName, ["OpsSudo"]),
    powerRoles: listOf(roleName, ["PowerUser"]),
    chainingRoles: listOf({
      type: "string",
      pattern: "^(arn:aws[a-z-]*:iam::[0-9]{12}:role/)?[A-Za-z0-9_+=,.@/-]+$",
    }),
    vendors: listOf({
      type: "object",
      properties: {
        account: accountId,
        externalIds: listOf(externalId),
        resources: { type: "boolean" },
      },
      required: ["account"],
      additionalProperties: false,
    }),
    identityProviders: listOf({
      type: "object",
      properties: {
        issuer: { type: "string", minLength: 1 },
        tenants: listOf(text),
        claims: { type: "object", additionalProperties: listOf(text) },
      },
      required: ["issuer"],
      additionalProperties: false,
    }),
    administratorMfaAge: atMost(129_600, 1, 3600),
    administratorSession: atMost(43_200, 3600, 3600),
    session: atMost(43_200, 3600, 43_200),
    passwordLength: atMost(128, 6, 14),
    rememberedPasswords: atMost(24, 1, 24),
    exemptions: listOf({
      type: "object",
      properties: {
        rule: text,
        stack,
        resource: { type: "string", minLength: 1 },
        reason: { type: "string", minLength: 1 },
        until: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      },
      required: ["resource", "reason", "until"],
      additionalProperties: false,
    }),
  },
};

/** As the engine hands it over: checked against the schema, its defaults filled in. */
export interface OrganisationConfig
  extends
    Omit<
      Organisation,
      "limits" | "vendors" | "identityProviders" | "exemptions"
    >,
    Readonly<Organisation["limits"]> {
  readonly vendors: readonly {
    readonly account: string;
    readonly externalIds?: readonly string[];
    readonly resources?: boolean;
  }[];
  readonly identityProviders: readonly (Pick<IdentityProvider, "issuer"> &
    Partial<IdentityProvider>)[];
  readonly exemptions: readonly (Omit<Exemption, "rule" | "stack"> & {
    readonly rule?: string;
    readonly stack?: string;
  })[];
}

/** The defaults alone: what holds until the engine has handed over a config. */
const defaultConfig = Object.fromEntries(
  Object.entries(organisationSchema.properties).map(([key, property]) => [
    key,
    property.default as unknown,
  ]),
) as unknown as OrganisationConfig;

export function organisationFrom(
  config: Partial<OrganisationConfig>,
): Organisation {
  const all = { ...defaultConfig, ...config };
  const ours = [all.bastionAccountId, ...all.accounts];
  return {
    bastionAccountId: all.bastionAccountId,
    accounts: all.accounts,
    organisations: all.organisations,
    bastionStacks: all.bastionStacks,
    mfaGroup: all.mfaGroup,
    administratorRoles: all.administratorRoles,
    powerRoles: all.powerRoles,
    chainingRoles: all.chainingRoles,
    // Who is ours needs MFA, as no vendor does.
    vendors: all.vendors
      .filter(({ account }) => !ours.includes(account))
      .map(vendorFrom),
    identityProviders: identityProvidersOf(all).filter(
      (one) => problemsWith(one).length === 0,
    ),
    limits: {
      administratorMfaAge: all.administratorMfaAge,
      administratorSession: all.administratorSession,
      session: all.session,
      passwordLength: all.passwordLength,
      rememberedPasswords: all.rememberedPasswords,
    },
    exemptions: all.exemptions.map((one) => ({
      ...one,
      rule: one.rule,
      stack: one.stack,
    })),
  };
}

export const identityProvidersOf = ({
  identityProviders = [],
}: Partial<OrganisationConfig>): readonly IdentityProvider[] =>
  identityProviders.map((one) => ({ tenants: [], claims: {}, ...one }));

const vendorFrom = ({
  account,
  externalIds = [],
  resources = false,
}: OrganisationConfig["vendors"][number]): Vendor => ({
  account,
  resources,
  externalIds: externalIds.length === 0 ? undefined : externalIds,
});

import { z } from "zod";
import type { TokenTrust, VendorTrust } from "../documents/machine-trust";
import {
  expectedSubject,
  isIssuerForPeople,
} from "../documents/token-subjects";
import { flag, listWithoutRepeats, strict, text } from "./shapes";
import { accountId } from "./schema";

/**
 * Longer than what a vendor's customer number may be, so that nobody guesses it. Source: AWS STS API
 * reference, "AssumeRole", the parameter ExternalId.
 */
const externalId = text(
  "the external id that the vendor has made for you: 8 to 1,224 letters, digits or any of + = , . @ : / - _",
  /^[\w+=,.@:/-]{8,1224}$/,
);

const vendor = strict(
  { accountId, externalId },
  "a vendor: accountId, externalId",
);

/** What the provider's ARN has behind `oidc-provider/`. `https://` in front says the same. */
const issuer = text(
  "an issuer's host and path as its provider's ARN has them, as gitlab.com or oidc.circleci.com/org/<id>: lower-case host, no port, no / at the end",
  /^(https:\/\/)?(?=.{4,247}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])(\/(?!\.{1,2}(\/|$))[\w.~-]+)*$/,
)
  .transform((one) => one.replace("https://", ""))
  .refine((one) => !isIssuerForPeople(one), {
    error:
      "an issuer of machines' tokens: people sign in to the bastion, with MFA",
  });

/** A policy variable (`${…}`) would be another text in each request. */
const audience = text(
  "the audience that the tokens are for, in full, as sts.amazonaws.com",
  /^[\w+=,.@:/{}~-]{1,255}$/,
);

const subjectExpected = "a token's subject, in full or with one * at its end";

/** No other wildcard, and no policy variable. */
const subject = z
  .string({ error: subjectExpected })
  .regex(/^(?! )[\x20-\x23\x25-\x29\x2b-\x3e\x40-\x7e]{1,300}\*?$/, {
    error: subjectExpected,
    abort: true,
  });

const oidc = strict(
  {
    issuer,
    audience,
    subjects: listWithoutRepeats(subject, "subjects").min(1, {
      error: "at least one subject",
    }),
    existingProvider: flag(
      "whether the account has the identity provider already",
    ).default(false),
  },
  "an OIDC issuer: issuer, audience, subjects, existingProvider",
).check(({ value, issues }) => {
  value.subjects.forEach((one, index) => {
    const message = expectedSubject(value.issuer, one);
    if (message === undefined) return;
    issues.push({
      code: "custom",
      input: one,
      path: ["subjects", index],
      message,
    });
  });
});

/** A role before it is known which account a name means. */
export interface NamedRoleTrust {
  readonly kind: "role";
  /** Its name in the config. */
  readonly account?: string | undefined;
  /** Of one that the config does not have. */
  readonly accountId?: string | undefined;
  readonly name: string;
}

/** IAM's paths for roles of people's sign-ins and of AWS's services are theirs. */
const roleName = text(
  "a role's name, with its path if it has one, without wildcards",
  /^(?!aws-(reserved|service-role)\/)([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
);

const role = strict(
  {
    account: z.string({ error: "an account's name in the config" }).optional(),
    accountId: accountId.optional(),
    name: roleName,
  },
  "another account's role: name, and account or accountId",
);

export type ReadTrust = VendorTrust | TokenTrust | NamedRoleTrust;

/** What each kind of `trust` says. */
export const trustKinds = { vendor, oidc, role } as const;

/** One kind a role: two that need the same rights are two roles, and CloudTrail tells them apart. */
export const trust = strict(
  {
    vendor: vendor.optional(),
    oidc: oidc.optional(),
    role: role.optional(),
  },
  "who takes the role: vendor, oidc or role",
)
  .refine((one) => Object.keys(one).length === 1, {
    // What is wrong within is told by itself.
    when: ({ issues }) => issues.length === 0,
    error: `one of ${Object.keys(trustKinds).join(", ")}: give another machine a role of its own`,
  })
  .transform((one): ReadTrust => {
    if (one.vendor !== undefined) return { kind: "vendor", ...one.vendor };
    if (one.oidc !== undefined) return { kind: "oidc", ...one.oidc };
    return one.role === undefined ? z.NEVER : { kind: "role", ...one.role };
  });

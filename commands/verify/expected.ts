import { z } from "zod";

const account = z.object({
  id: z.string().regex(/^\d{12}$/),
  name: z.string(),
});

const document = z.looseObject({ Statement: z.unknown() });

/** What the config says there should be: handed over as JSON by whoever knows the config. */
export const expectedAccess = z.object({
  partition: z.string(),
  region: z.string(),
  /** null: the caller's own credentials. */
  deploymentRole: z.string().nullable(),
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

export type ExpectedAccess = Readonly<z.infer<typeof expectedAccess>>;
export type ExpectedUser = ExpectedAccess["users"][number];

/** @throws Error that says what is wrong with the JSON. */
export function parseExpected(text: string): ExpectedAccess {
  const parsed = expectedAccess.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new Error(
    `the expected access is not as it should be:\n${z.prettifyError(parsed.error)}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("the expected access is not JSON");
  }
}

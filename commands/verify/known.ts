import { readFileSync } from "node:fs";
import { z } from "zod";
import { isDay } from "../../policy-pack/organisation/exemptions";
import { findingText } from "../../policy-pack/findings/finding";
import { problemsWith } from "../../policy-pack/organisation/identity-providers";
import { UsageError } from "../command-line/options";
import type { VerificationSettings } from "./facts";
import { findingKinds } from "./finding-kinds";

const texts = z.array(z.string());

/** As in the policy pack's config, but for the resource of an exemption, which is an ARN. */
const knownSchema = z.strictObject({
  identityProviders: z
    .array(
      z.strictObject({
        issuer: z.string().min(1),
        tenants: texts.default([]),
        claims: z.record(z.string(), texts).default({}),
      }),
    )
    .default([]),
  exemptions: z
    .array(
      z.strictObject({
        rule: z
          .string()
          .refine(
            (name) => (findingKinds as readonly string[]).includes(name),
            "none of the kinds of finding",
          )
          .optional(),
        resource: z
          .string()
          .regex(/^arn:/, "an ARN, as the finding's subject has it"),
        reason: z.string().min(1),
        until: z.string().refine(isDay, "the last day, as YYYY-MM-DD"),
      }),
    )
    .default([]),
});

type Known = Pick<VerificationSettings, "identityProviders" | "exemptions">;

/**
 * What the caller knows beside the config.
 *
 * @throws UsageError
 */
export const readKnown = (file: string | undefined): Known =>
  file === undefined
    ? { identityProviders: [], exemptions: [] }
    : parseKnown(readFileSync(file, "utf8"), file);

/** @throws UsageError that says what is wrong. */
export function parseKnown(text: string, file: string): Known {
  const parsed = knownSchema.safeParse(parseJson(text, file));
  if (!parsed.success) {
    throw new UsageError(
      `${file} is not what --known takes:\n${z.prettifyError(parsed.error)}`,
    );
  }
  const problems = parsed.data.identityProviders.flatMap(problemsWith);
  if (problems.length > 0) {
    throw new UsageError(`${file}: ${problems.map(findingText).join("\n")}`);
  }
  return parsed.data;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
}

import { z } from "zod";
import type { Partition } from "../partition";
import type { RolePermissions } from "./model";
import type { ConfigReader } from "./reader";
import { strict, text } from "./shapes";

/** One, or a list: IAM takes both. */
const oneOrMore = (what: string, pattern: RegExp) => {
  const error = `${what}, as text or a list of texts`;
  const one = text(error, pattern);
  return z.union([one, z.array(one)], { error });
};

const actions = oneOrMore(
  "actions with their service in front, as s3:GetObject, or *",
  /^(\*|[\w*?-]+:[\w*?-]+)$/,
).optional();

/** What begins with a wildcard may be an ARN. */
const resources = oneOrMore("ARNs, or *", /^(arn:|a?r?n?[*?]).*$/s).optional();

const statement = strict(
  {
    Sid: text(
      "letters and digits, which is all that IAM takes here",
      /^[A-Za-z0-9]*$/,
    ).optional(),
    Effect: z.enum(["Allow", "Deny"], { error: "Allow or Deny" }),
    Action: actions,
    NotAction: actions,
    Resource: resources,
    NotResource: resources,
    Condition: z
      .record(z.string(), z.record(z.string(), z.unknown()), {
        error: "a map of operators, each with a map of condition keys",
      })
      .optional(),
  },
  "a statement: a map with Effect, Action and Resource",
)
  .refine((one) => isOneOf(one.Action, one.NotAction), {
    error: "a statement with Action or NotAction, and one of them",
  })
  .refine((one) => isOneOf(one.Resource, one.NotResource), {
    error: "a statement with Resource or NotResource, and one of them",
  });

const isOneOf = (one: unknown, other: unknown): boolean =>
  (one === undefined) !== (other === undefined);

/**
 * An IAM document of a role, as it was written. IAM would refuse what is wrong with it in mid-deployment,
 * or read something else in it than its author.
 *
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language", "IAM JSON policy elements: Version".
 */
export const writtenDocument = z
  .looseObject(
    {
      Statement: z.unknown().optional(),
      Version: z
        .enum(["2012-10-17", "2008-10-17"], {
          error:
            '"2012-10-17", in quotes: unquoted, YAML reads a day, which IAM refuses',
        })
        .optional(),
    },
    { error: "an IAM document: a map with a Statement" },
  )
  .check(({ value, issues }) => {
    const { Statement, Version } = value;
    const isList = Array.isArray(Statement);
    const all: readonly unknown[] = isList ? Statement : [Statement];
    all.forEach((one, index) => {
      for (const issue of statement.safeParse(one).error?.issues ?? []) {
        const at = isList ? ["Statement", index] : ["Statement"];
        issues.push({
          ...issue,
          input: value,
          path: [...at, ...issue.path],
        } as (typeof issues)[number]);
      }
    });
    const repeated = repeatedSid(all);
    if (repeated !== undefined) {
      issues.push(
        wrong(
          value,
          ["Statement"],
          `statements of which each has a Sid of its own: ${repeated} stands twice`,
        ),
      );
    }
    if (Version !== "2012-10-17" && JSON.stringify(all).includes("${")) {
      issues.push(
        wrong(
          value,
          ["Version"],
          '"2012-10-17": without it, IAM takes ${…} for plain text',
        ),
      );
    }
  });

const wrong = (input: unknown, path: string[], message: string) => ({
  code: "custom" as const,
  input,
  path,
  message,
});

function repeatedSid(statements: readonly unknown[]): string | undefined {
  const seen = new Set<unknown>();
  for (const one of statements) {
    const sid =
      typeof one === "object" && one !== null && "Sid" in one ? one.Sid : "";
    if (typeof sid !== "string" || sid === "") continue;
    if (seen.has(sid)) return sid;
    seen.add(sid);
  }
  return undefined;
}

/** Reports ARNs of another partition: IAM refuses a policy with such. */
export function checkPartitions(
  reader: ConfigReader,
  roles: Iterable<Pick<RolePermissions, "name" | "inlinePolicies">>,
  partition: Partition,
): void {
  for (const { name, inlinePolicies } of roles) {
    for (const [policy, inline] of Object.entries(inlinePolicies)) {
      if (inline.kind !== "written") continue;
      const arn = arnsIn(inline.document).find(
        (one) => one.split(":", 2)[1] !== partition,
      );
      if (arn === undefined) continue;
      reader.report(
        `roles.${name}.inlinePolicies.${policy}`,
        arn,
        `ARNs of the partition ${partition}, as arn:${partition}:s3:::name`,
      );
    }
  }
}

/** Those that say their partition. */
function arnsIn(document: unknown): readonly string[] {
  const { Statement } = document as { readonly Statement: unknown };
  return [Statement].flat().flatMap((one) => {
    const { Resource, NotResource } = one as Readonly<Record<string, unknown>>;
    return [Resource, NotResource]
      .flat()
      .filter((arn) => typeof arn === "string")
      .filter((arn) => /^arn:aws[a-z-]*:/.test(arn));
  });
}

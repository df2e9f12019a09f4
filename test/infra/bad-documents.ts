import { bastion, type BadInput } from "./bad-inputs";
import { inFlow } from "./bad-trusts";

export const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
/** A role with one inline document. */
export const withDocument = (document: object, yaml = "") =>
  bastion(
    `roles: ${inFlow({ Analyst: { inlinePolicies: { reads: document } } })}\n${yaml}`,
  );

/** What IAM would refuse of a document that the config has, or read otherwise than its author. */
export const badDocuments: readonly BadInput[] = (
  [
    ["no statement", {}, "Statement", /nothing/, /a map with Effect/],
    [
      "nothing for a statement",
      { Statement: null },
      "Statement",
      /null/,
      /a map with Effect/,
    ],
    [
      "a text for a statement",
      { Statement: ["all"] },
      "Statement[0]",
      /"all"/,
      /a map with Effect/,
    ],
    [
      "an effect in small letters",
      { Statement: { ...allow, Effect: "allow" } },
      "Statement.Effect",
      /"allow"/,
      /^Allow or Deny$/,
    ],
    [
      "a principal",
      { Statement: [{ ...allow, Principal: "*" }] },
      "Statement[0].Principal",
      /an unknown key/,
      /Sid, Effect, Action/,
    ],
    [
      "a statement about nothing",
      { Statement: [{ Effect: "Allow", Action: "s3:GetObject" }] },
      "Statement[0]",
      /GetObject/,
      /Resource or NotResource, and one of them/,
    ],
    [
      "actions beside other actions",
      { Statement: [{ ...allow, NotAction: "iam:*" }] },
      "Statement[0]",
      /NotAction/,
      /Action or NotAction, and one of them/,
    ],
    [
      "an action of no service",
      { Statement: [{ ...allow, Action: ["GetObject"] }] },
      "Statement[0].Action[0]",
      /GetObject/,
      /with their service in front/,
    ],
    [
      "a bucket's name for its ARN",
      { Statement: [{ ...allow, Resource: "reports" }] },
      "Statement[0].Resource",
      /"reports"/,
      /^ARNs, or \*/,
    ],
    [
      "a Sid with a dash",
      { Statement: [{ ...allow, Sid: "read-reports" }] },
      "Statement[0].Sid",
      /read-reports/,
      /letters and digits/,
    ],
    [
      "one Sid for two statements",
      { Statement: [1, 2].map(() => ({ ...allow, Sid: "Reads" })) },
      "Statement",
      /Reads/,
      /Reads stands twice/,
    ],
    [
      "a variable that an older version takes for text",
      {
        Statement: [
          {
            ...allow,
            Resource: "arn:aws:s3:::home/${aws:PrincipalTag/team}/*",
          },
        ],
      },
      "Version",
      /nothing/,
      /takes \$\{…\} for plain text/,
    ],
  ] as const
).map(([what, document, path, found, expected]) => ({
  what: `an inline document with ${what}`,
  problems: withDocument(document),
  path: `roles.Analyst.inlinePolicies.reads.${path}`,
  found,
  expected,
}));

import { dev, json, trusts } from "./documents";
import { role } from "./resources";
import { testRows, type Row } from "./rows";

const rule = "federation-is-pinned";

const source = "aws:SourceArn";
const serviceName = "aws:PrincipalServiceName";
const anchor = (id: string) =>
  `arn:aws:rolesanywhere:eu-central-1:${dev}:trust-anchor/${id}`;
const release = (statement: object) =>
  role("release", { assumeRolePolicy: json({ ...statement }) });

/** Of Roles Anywhere, where conditions alone mean it. */
describe(rule, () => {
  testRows(rule, [
    ...(
      [
        [
          "a pattern",
          { StringLike: { [serviceName]: "roles*.amazonaws.com" } },
        ],
        ["a pattern for all", { StringLike: { [serviceName]: "*" } }],
        [
          "a pattern with a region",
          { StringLike: { [serviceName]: "rolesanywhere.*.amazonaws.com" } },
        ],
        [
          "a pattern in a list",
          {
            "ForAnyValue:StringLike": {
              "aws:PrincipalServiceNamesList": "*.amazonaws.com",
            },
          },
        ],
        ["that it is AWS's", { Bool: { "aws:PrincipalIsAWSService": "true" } }],
      ] as const
    ).map(([title, condition]): Row => ({
      title: `finds certificates where everyone is trusted whose service has ${title}`,
      resources: [release(trusts("*", { Condition: condition }))],
      finds: [
        {
          resource: "release",
          kind: "wrong",
          statements: [1],
          says: ["does not pin aws:SourceArn"],
        },
      ],
    })),
    ...(
      [
        [
          "a pattern that means other services",
          { StringLike: { [serviceName]: "lambda.*" } },
        ],
        [
          "a pattern, and a trust anchor",
          {
            StringLike: { [serviceName]: "roles*" },
            ArnEquals: { [source]: anchor("a1") },
          },
        ],
        [
          "a pattern that leaves it out",
          {
            Bool: { "aws:PrincipalIsAWSService": "true" },
            StringNotLike: { [serviceName]: "rolesanywhere.*" },
          },
        ],
      ] as const
    ).map(([title, condition]): Row => ({
      title: `has nothing against certificates where everyone is trusted whose service has ${title}`,
      resources: [release(trusts("*", { Condition: condition }))],
    })),
  ]);
});

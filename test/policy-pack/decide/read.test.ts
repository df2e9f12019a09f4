import { strict as assert } from "node:assert";
import { readDocument } from "../../../policy-pack/decide/read";
import { templateText } from "../../../policy-pack/decide/text/template";
import { readWell } from "./reading";

const mfa = "aws:MultiFactorAuthPresent";

const usual = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "People",
      Effect: "Allow",
      Principal: { AWS: ["111111111111"], Federated: ["idp"] },
      Action: ["sts:AssumeRole"],
      Condition: { Bool: { [mfa]: ["true"] } },
    },
  ],
};

const expected = readWell(usual, "trust");

describe("reading a document", () => {
  const [statement] = usual.Statement;
  const forms: readonly (readonly [string, unknown])[] = [
    ["JSON text", JSON.stringify(usual)],
    ["JSON text over several lines", JSON.stringify(usual, null, 2)],
    ["one statement without a list", { ...usual, Statement: statement }],
    [
      "single texts instead of lists",
      {
        ...usual,
        Statement: {
          ...statement,
          Principal: { AWS: "111111111111", Federated: "idp" },
          Action: "sts:AssumeRole",
          Condition: { Bool: { [mfa]: "true" } },
        },
      },
    ],
    [
      "the root's ARN instead of the account's id",
      {
        ...usual,
        Statement: {
          ...statement,
          Principal: {
            AWS: "arn:aws:iam::111111111111:root",
            Federated: "idp",
          },
        },
      },
    ],
    [
      "a truth as JSON has it",
      {
        ...usual,
        Statement: { ...statement, Condition: { Bool: { [mfa]: true } } },
      },
    ],
    [
      "elements in lower case",
      {
        version: "2012-10-17",
        statement: {
          sid: "People",
          effect: "Allow",
          principal: { AWS: "111111111111", Federated: "idp" },
          action: "sts:AssumeRole",
          condition: { Bool: { [mfa]: "true" } },
        },
      },
    ],
    [
      "elements in upper case",
      {
        VERSION: "2012-10-17",
        STATEMENT: {
          SID: "People",
          EFFECT: "Allow",
          PRINCIPAL: { AWS: "111111111111", FEDERATED: "idp" },
          ACTION: "sts:AssumeRole",
          CONDITION: { Bool: { [mfa]: "true" } },
        },
      },
    ],
    [
      "the arguments of getPolicyDocument",
      {
        statements: [
          {
            sid: "People",
            effect: "Allow",
            principals: [
              { type: "AWS", identifiers: ["111111111111"] },
              { type: "Federated", identifiers: ["idp"] },
            ],
            actions: ["sts:AssumeRole"],
            conditions: [{ test: "Bool", variable: mfa, values: ["true"] }],
          },
        ],
      },
    ],
    [
      "elements that are null or undefined",
      {
        ...usual,
        Id: undefined,
        Statement: { ...statement, NotAction: undefined, NotPrincipal: null },
      },
    ],
  ];

  for (const [form, document] of forms) {
    it(`takes ${form}`, () => {
      assert.deepEqual(readWell(document, "trust"), expected);
    });
  }

  it("takes every pair of an element and its opposite", () => {
    const read = readWell(
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Deny",
          NotPrincipal: "*",
          NotAction: "s3:Get*",
          NotResource: "arn:aws:s3:::a/${aws:username}",
        },
      },
      "resource",
    );
    assert.deepEqual(read.statements, [
      {
        number: 1,
        sid: undefined,
        effect: "Deny",
        actions: {
          mode: "all but these",
          values: [[{ kind: "text", text: "s3:Get*" }]],
        },
        resources: {
          mode: "all but these",
          values: [
            [
              { kind: "text", text: "arn:aws:s3:::a/" },
              { kind: "variable", key: "aws:username", fallback: undefined },
            ],
          ],
        },
        principals: {
          mode: "all but these",
          principals: [{ kind: "everyone" }],
        },
        conditions: [],
      },
    ]);
  });

  it("reads variables in the version of 2012 alone", () => {
    const resources = (Version: string | undefined) =>
      readWell(
        {
          ...(Version === undefined ? {} : { Version }),
          Statement: {
            Effect: "Allow",
            Action: "s3:*",
            Resource: "${aws:username}",
          },
        },
        "identity",
      ).statements[0]?.resources?.values[0]?.[0]?.kind;
    assert.equal(resources("2012-10-17"), "variable");
    assert.equal(resources("2008-10-17"), "text");
    assert.equal(resources(undefined), "text");
  });

  it("keeps each kind of principal apart", () => {
    const kinds = (AWS: readonly string[]) =>
      readWell(
        {
          Version: "2012-10-17",
          Statement: {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: {
              AWS,
              Service: "ec2.amazonaws.com",
              CanonicalUser: "79a59df900b949e5",
            },
          },
        },
        "trust",
      ).statements[0]?.principals?.principals.map(({ kind }) => kind);
    assert.deepEqual(
      kinds([
        "*",
        "111111111111",
        "arn:aws-cn:iam::111111111111:root",
        "arn:aws:iam::111111111111:user/people/ada",
        "arn:aws:iam::111111111111:role/ci",
        "arn:aws:sts::111111111111:assumed-role/ci/run",
        "arn:aws:sts::111111111111:federated-user/ada",
        "AROAKSCDLFT9R5DQP782U",
      ]),
      [
        "everyone",
        "account",
        "account",
        "user",
        "role",
        "role session",
        "federated user",
        "unique id",
        "service",
        "canonical user",
      ],
    );
  });

  it("tells no fault of a good document, and never a document with a fault", () => {
    const reading = readDocument({ ...usual, Version: "2013" }, "trust");
    assert.deepEqual(Object.keys(reading), ["kind", "faults"]);
  });

  it("keeps all digits of a number, and takes no text for one", () => {
    const value = (written: string) => {
      const text = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:PrincipalTag/id":${written}}}}}`;
      const [one] = readWell(text, "trust").statements;
      return one?.conditions[0]?.values.map(templateText);
    };
    const long = "9007199254740993";
    assert.deepEqual(value(long), [long]);
    assert.deepEqual(value(`"1:${long}"`), [`1:${long}`]);
    assert.deepEqual(value("[3600, true]"), ["3600", "true"]);
    for (const none of ["0123456789", `{${long}:1}`]) {
      const text = `{"Statement":${none}}`;
      assert.equal(readDocument(text, "trust").kind, "malformed");
    }
  });
});

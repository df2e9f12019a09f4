import assert from "node:assert/strict";
import { parseDocument } from "yaml";
import { propose } from "../../../commands/adopt/proposal";
import { account, allow, criteria, inline, user } from "./account";
import { deny, when, type Statements } from "./erin";
import { project } from "./planned";

/** What the proposed file says of a user with these statements. */
const proposed = (...statements: Statements): string => {
  const erin = user("erin", { inlinePolicies: [inline("own", ...statements)] });
  const { proposal } = propose(account({ users: [erin] }), project, criteria());
  return String(parseDocument(proposal?.stackFile ?? ""));
};

const teamOf = (file: string): string =>
  /^ {4}erin:\n {6}teams:(?: \[\]|\n {8}- (.*))$/m.exec(file)?.[1] ?? "none";

describe("what the proposed roles change for a user", () => {
  const cases: readonly (readonly [
    what: string,
    old: Statements,
    team: string,
    said: readonly RegExp[],
  ])[] = [
    [
      "a grant that has ended, which makes nobody an administrator",
      [
        when(allow("*"), {
          DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" },
        }),
      ],
      "none",
      [],
    ],
    [
      "a grant from one network, which the roles allow from anywhere",
      [when(allow("*"), { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })],
      "administrators",
      [/OpsSudo allows more: \w+:\w+/],
    ],
    [
      "a Deny that the role does not keep",
      [
        { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
        deny(["s3:Delete*", "kms:*"]),
      ],
      "power-users",
      [
        /PowerUser allows more: /,
        /PowerUser does not keep statement 2 in policy own of the user erin/,
      ],
    ],
    [
      "one bucket, for which the role reads all",
      [allow("s3:GetObject", "arn:aws:s3:::public-site/*")],
      "readers",
      [/ReadOnly allows more: (dynamodb|s3|sqs):\w+/],
    ],
    [
      "a service of which the role reads alone",
      [allow("sqs:*")],
      "readers",
      [/ReadOnly allows more: /, /No role here allows sqs:\w+/],
    ],
    [
      "what is the same",
      [allow(["dynamodb:Get*", "s3:Get*", "s3:List*", "sqs:List*"])],
      "readers",
      [],
    ],
    ["nothing", [], "none", []],
  ];
  for (const [what, old, team, said] of cases) {
    it(`is told of ${what}`, () => {
      const file = proposed(...old);
      assert.equal(teamOf(file), team, file);
      for (const one of said) assert.match(file, one);
      if (said.length === 0) {
        assert.doesNotMatch(file, /allows? more|No role here|does not keep/);
      }
    });
  }

  it("is said to be unknown where a policy of the role was not read", () => {
    const erin = user("erin", {
      inlinePolicies: [inline("own", allow("s3:Get*"))],
    });
    const { proposal } = propose(
      account({ users: [erin], managedPolicies: new Map() }),
      project,
      criteria(),
    );
    assert.match(
      proposal?.stackFile ?? "",
      /What ReadOnly allows is not known/,
    );
  });
});

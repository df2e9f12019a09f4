import assert from "node:assert/strict";
import type { LiveRole } from "../../../commands/accounts/live-account";
import { howItSpeaksOf } from "../../../commands/adopt/speaks-of-role";
import {
  account,
  bastionId,
  daysAgo,
  devId,
  ofService,
  role,
  root,
  several,
  statement,
  trusting,
} from "./account";
import { planned } from "./planned";

const iam = `arn:aws:iam::${bastionId}`;
const sts = `arn:aws:sts::${bastionId}`;
const id = "AROAEXAMPLEEXAMPLE234";

/** A role at a path, with a tag. */
const vault = role("vault", trusting(root), {
  id,
  path: "/ops/",
  arn: `${iam}:role/ops/vault`,
  tags: { Team: "red" },
});

const when = (operator: string, key: string, value: string | string[]) =>
  trusting(root, { [operator]: { [key]: value } });
const denying = (Condition: object) =>
  several(statement(root), {
    ...statement({ AWS: "*" }, { Condition }),
    Effect: "Deny",
  });
const tag = "aws:PrincipalTag/team";

/** Trust policies of another role, and how they speak of the one above. */
const cases: readonly (readonly [
  what: string,
  trust: object,
  how: RegExp | undefined,
])[] = [
  ["its ARN", trusting({ AWS: vault.arn }), /^names it$/],
  [
    "a session of it",
    trusting({ AWS: `${sts}:assumed-role/vault/job` }),
    /^names it$/,
  ],
  ["its unique id", trusting({ AWS: [`${iam}:root`, id] }), /^names it$/],
  [
    "all but it",
    several({
      Effect: "Deny",
      Action: "sts:AssumeRole",
      NotPrincipal: { AWS: vault.arn },
    }),
    /^names it$/,
  ],
  ["another's ARN", trusting({ AWS: `${vault.arn}-2` }), undefined],
  [
    "a session of another",
    trusting({ AWS: `${sts}:assumed-role/vault-2/job` }),
    undefined,
  ],
  ["its account alone", trusting(root), undefined],
  [
    "a condition on its ARN",
    when("ArnEquals", "aws:PrincipalArn", vault.arn),
    /^means it by aws:PrincipalArn in statement 1$/,
  ],
  [
    "a pattern of its ARN",
    when("ArnLike", "aws:PrincipalArn", `${iam}:role/ops/v*`),
    /aws:PrincipalArn/,
  ],
  [
    "a pattern with a variable in it",
    when(
      "StringLike",
      "aws:principalarn",
      `${iam}:role/ops/\${aws:PrincipalTag/name}`,
    ),
    /aws:principalarn/,
  ],
  [
    "a pattern of its sessions' ARNs",
    when("StringLike", "aws:PrincipalArn", `${sts}:assumed-role/va*/*`),
    /aws:PrincipalArn/,
  ],
  [
    "a pattern of others",
    when("ArnLike", "aws:PrincipalArn", `${iam}:role/dev/*`),
    undefined,
  ],
  [
    "a pattern of users, as the stack's roles have it",
    when("ArnLike", "aws:PrincipalArn", `${iam}:user/*`),
    undefined,
  ],
  [
    "its pattern, of another account",
    trusting(
      { AWS: `arn:aws:iam::${devId}:root` },
      { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ops/*" } },
    ),
    undefined,
  ],
  [
    "a service, whatever the condition",
    trusting(ofService("ec2"), {
      ArnLike: { "aws:PrincipalArn": vault.arn },
    }),
    undefined,
  ],
  [
    "all sessions of it by their id, as AWS writes it",
    when("StringLike", "aws:userid", `${id}:*`),
    /aws:userid/,
  ],
  [
    "one session of it by its id",
    when("StringEquals", "aws:userId", ["AIDAX", `${id}:job`]),
    /aws:userId/,
  ],
  [
    "sessions of another by their id",
    when("StringLike", "aws:userid", "AROAOTHEROTHEROTHER1:*"),
    undefined,
  ],
  ["a tag that it has", when("StringEquals", tag, "red"), /PrincipalTag\/team/],
  [
    "a pattern of its tag",
    when("StringLike", "aws:PrincipalTag/TEAM", "r?d"),
    /PrincipalTag\/TEAM/,
  ],
  ["another value of its tag", when("StringEquals", tag, "blue"), undefined],
  [
    "all but another value of its tag",
    when("StringNotEquals", tag, "blue"),
    /PrincipalTag/,
  ],
  ["that its tag is there", when("Null", tag, "false"), /PrincipalTag/],
  [
    "a tag that it has not",
    when("StringEquals", "aws:PrincipalTag/vault", "yes"),
    undefined,
  ],
  [
    "a Deny of it",
    denying({ ArnEquals: { "aws:PrincipalArn": vault.arn } }),
    /aws:PrincipalArn in statement 2$/,
  ],
  [
    "a Deny of all but it",
    denying({ ArnNotLike: { "aws:PrincipalArn": [vault.arn] } }),
    /aws:PrincipalArn/,
  ],
  [
    "a Deny of another",
    denying({ ArnEquals: { "aws:PrincipalArn": `${iam}:role/x` } }),
    undefined,
  ],
];

describe("a role that another's trust policy speaks of", () => {
  for (const [what, trust, how] of cases) {
    const other = role("other", trust, {}, devId);
    it(`${how ? "stays" : "goes"} where it has ${what}`, () => {
      const said = howItSpeaksOf(vault, other);
      if (how === undefined) assert.equal(said, "");
      else assert.match(said, how);
      const { goes, stays } = planned({
        roles: [vault],
        workloads: [account({ accountId: "333333333333", roles: [other] })],
      });
      assert.deepEqual(goes, how === undefined ? ["role vault"] : []);
      assert.equal(stays.length, how === undefined ? 0 : 1);
    });
  }

  it("stays where the other asks for any tag, and its sessions may be given one", () => {
    const tagging = {
      ...vault,
      trust: JSON.stringify(
        several(
          statement(root, { Action: ["sts:AssumeRole", "sts:TagSession"] }),
        ),
      ),
    };
    const other = role("other", when("StringEquals", tag, "blue"), {}, devId);
    assert.match(howItSpeaksOf(tagging, other), /PrincipalTag/);
  });

  it("stays where the other's trust policy can't be read", () => {
    const odd = { ...role("odd", {}, {}, devId), trust: "{" };
    assert.equal(howItSpeaksOf(vault, odd), "can't be read");
  });

  it("stays where the other is to go as well, but stays", () => {
    const held = role(
      "held",
      several(
        statement({ AWS: [`${iam}:root`, vault.arn] }),
        statement(ofService("ec2")),
      ),
    );
    const { goes, stays } = planned({ roles: [vault, held] });
    assert.deepEqual(goes, []);
    assert.ok(
      stays.includes(
        `role vault: the trust policy of ${iam}:role/held names it`,
      ),
      stays.join("\n"),
    );
  });
});

/** What is known of a role's use, with the days that count, and why it stays. */
const ages: readonly (readonly [
  what: string,
  role: Partial<LiveRole>,
  usedWithinDays: number,
  why: RegExp | undefined,
])[] = [
  ["made long ago", {}, 100, undefined],
  [
    "made today",
    { createdAt: daysAgo(0) },
    100,
    /made on 2026-06-01, less than 100 days ago \(--used-within\), and may not/,
  ],
  ["made 99 days ago", { createdAt: daysAgo(99) }, 100, /2026-02-22/],
  ["made 100 days ago", { createdAt: daysAgo(100) }, 100, undefined],
  ["made within a longer time", { createdAt: daysAgo(100) }, 101, /made on/],
  ["made today, where no use counts", { createdAt: daysAgo(0) }, 0, undefined],
  ["made at a time not known", { createdAt: undefined }, 100, /is not known/],
  [
    "made and used today",
    { createdAt: daysAgo(0), lastUsedAt: daysAgo(0) },
    100,
    /used on 2026-06-01/,
  ],
];

describe("a role that had no time to be used", () => {
  for (const [what, more, usedWithinDays, why] of ages) {
    it(`${why ? "stays" : "goes"} when it was ${what}`, () => {
      const { goes, stays } = planned({
        roles: [role("Legacy", trusting(root), more)],
        usedWithinDays,
      });
      assert.equal(goes.length, why === undefined ? 1 : 0);
      if (why !== undefined) assert.match(stays[0] ?? "", why);
    });
  }
});

import { strict as assert } from "node:assert";
import fc from "fast-check";
import {
  anyMfa,
  withMfaOlderThan,
  withoutMfa,
} from "../../../policy-pack/decide/mfa";
import type { Witness } from "../../../policy-pack/decide/search";
import { whoMayAssume } from "../../../policy-pack/decide/trust";
import { runs } from "../../run/property-tests";
import {
  context,
  invertsUnsetVariable,
  trustPolicy,
  type Written,
} from "./random-documents";
import { readWell } from "./reading";
import { everything, simulate } from "./simulate";
import { requestOf } from "./witness";
import { anyCaller } from "./who";

const role = "arn:aws:iam::222222222222:role/team";

const ask = (
  policy: Written,
  principal: string,
  keys: Readonly<Record<string, string | string[]>>,
) =>
  simulate({
    principal,
    action: "sts:AssumeRole",
    resource: role,
    context: keys,
    identity: [everything],
    trust: policy,
  });

const classes = [
  { name: "without MFA", mfa: withoutMfa },
  { name: "with MFA older than an hour", mfa: [withMfaOlderThan(3600)] },
  { name: "with or without MFA", mfa: [anyMfa] },
] as const;

const isIn = (
  name: string,
  keys: Readonly<Record<string, string>>,
): boolean => {
  const {
    "aws:MultiFactorAuthPresent": present,
    "aws:MultiFactorAuthAge": age,
  } = keys;
  switch (name) {
    case "without MFA":
      return present !== "true" && age === undefined;
    case "with MFA older than an hour":
      return present === "true" && Number(age) > 3600;
    default:
      return true;
  }
};

type Keys = Readonly<Record<string, string>>;

const someone: readonly { readonly principal: string; readonly keys: Keys }[] =
  [
    {
      principal: "arn:aws:iam::111111111111:user/ada",
      keys: {
        "aws:PrincipalArn": "arn:aws:iam::111111111111:user/ada",
        "aws:username": "ada",
      },
    },
    {
      principal: "arn:aws:sts::222222222222:assumed-role/PowerUser/s",
      keys: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/PowerUser" },
    },
  ];

const certain: Keys = {
  "aws:SecureTransport": "true",
  "aws:CurrentTime": "2026-01-01T00:00:00Z",
  "sts:RoleSessionName": "session",
};

/** The random keys as a request of that caller has them: no session of a role carries MFA. */
function keysOf(principal: string, own: Keys, random: Keys): Keys {
  const isRole = principal.includes(":assumed-role/");
  const others = Object.entries(random).filter(
    ([key]) =>
      key !== "aws:username" &&
      !(isRole && key.startsWith("aws:MultiFactorAuth")),
  );
  return { ...certain, ...Object.fromEntries(others), ...own };
}

async function getsIn(policy: Written, witness: Witness): Promise<void> {
  const { principal, keys } = requestOf(witness);
  if (invertsUnsetVariable(policy, keys)) return;
  assert.ok(
    await ask(policy, principal, keys),
    JSON.stringify({ principal, keys }),
  );
}

async function nobodyGetsIn(
  policy: Written,
  name: string,
  contexts: readonly Keys[],
): Promise<void> {
  for (const { principal, keys: own } of someone) {
    for (const random of contexts) {
      const keys = keysOf(principal, own, random);
      if (!isIn(name, keys) || invertsUnsetVariable(policy, keys)) continue;
      assert.ok(
        !(await ask(policy, principal, keys)),
        JSON.stringify({ principal, keys }),
      );
    }
  }
}

describe("a set of requests", () => {
  for (const { name, mfa } of classes) {
    it(`${name}: the witness gets in, and where there is none nobody of the class does`, async () => {
      const contexts = fc.array(context, { minLength: 10, maxLength: 10 });
      const holds = async (policy: Written, others: readonly Keys[]) => {
        const verdict = whoMayAssume(readWell(policy, "trust"), {
          counts: anyCaller,
          mfa,
          accounts: ["111111111111"],
        });
        switch (verdict.answer) {
          case "open":
            return getsIn(policy, verdict.witness);
          case "closed":
            return nobodyGetsIn(policy, name, others);
          case "undecided":
            // Nobody writes such: a variable that is compared with itself.
            assert.match(
              JSON.stringify(policy),
              /\$\{aws:username/,
              verdict.why,
            );
        }
      };
      await fc.assert(fc.asyncProperty(trustPolicy, contexts, holds), {
        numRuns: runs(200),
      });
    });
  }
});

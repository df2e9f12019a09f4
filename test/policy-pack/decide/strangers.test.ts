import { strict as assert } from "node:assert";
import fc from "fast-check";
import {
  actionKey,
  literal,
  resourceKey,
} from "../../../policy-pack/decide/literal";
import { whoMayUse } from "../../../policy-pack/decide/resource-policy";
import { isForeignTo } from "../../../policy-pack/decide/trust";
import { runs } from "../../run/property-tests";
import {
  bucketPolicy,
  context,
  invertsUnsetVariable,
  type Written,
} from "./random-documents";
import { readWell } from "./reading";
import { everything, simulate } from "./simulate";
import { requestOf } from "./witness";

const known = ["111111111111", "222222222222"];
const action = "s3:GetObject";
const resource = "arn:aws:s3:::b/key";

type Keys = Readonly<Record<string, string | string[]>>;

const gets = (policy: Written, principal: string, keys: Keys) =>
  simulate({
    principal,
    action,
    resource,
    context: keys,
    identity: [everything],
    trust: policy,
  });

/** Nobody of them is known; the accounts are near to those that documents name, and far from them. */
const strangers: readonly {
  readonly principal: string;
  readonly keys: Keys;
}[] = ["444444444444", "411111111119", "999999999999", "311111111111"].flatMap(
  (account) => [
    stranger(account, "root", "Account"),
    stranger(account, "user/ada", "User"),
    stranger(account, "user/mallory", "User"),
  ],
);

function stranger(account: string, name: string, type: string) {
  const principal = `arn:aws:iam::${account}:${name}`;
  const keys = {
    "aws:PrincipalArn": principal,
    "aws:PrincipalAccount": account,
    "aws:PrincipalType": type,
    "aws:SecureTransport": "true",
    "aws:CurrentTime": "2026-01-01T00:00:00Z",
    ...(type === "User" ? { "aws:username": name.replace("user/", "") } : {}),
  };
  return { principal, keys };
}

/** What belongs to the caller stays as it is; a root user has none of a session's or user's keys. */
function keysOf(own: Keys, random: Keys): Keys {
  const isUser = own["aws:PrincipalType"] === "User";
  const others = Object.entries(random).filter(
    ([key]) =>
      key !== "aws:username" &&
      (isUser || !/MultiFactor|PrincipalTag/.test(key)),
  );
  return { ...Object.fromEntries(others), ...own };
}

describe("strangers at a resource, beside a simulator that is not ours", () => {
  it("the witness, of whichever account, gets in; where there is none, no stranger does", async () => {
    const contexts = fc.array(context, { minLength: 4, maxLength: 4 });
    const holds = async (policy: Written, others: readonly Keys[]) => {
      const verdict = whoMayUse(readWell(policy, "resource"), {
        counts: isForeignTo(known),
        accounts: known,
        given: [
          literal("StringEquals", actionKey, action),
          literal("StringEquals", resourceKey, resource),
        ],
      });
      if (verdict.answer === "open") {
        const { principal, keys } = requestOf(verdict.witness);
        if (invertsUnsetVariable(policy, keys)) return;
        const told = JSON.stringify({ policy, principal, keys });
        assert.ok(await gets(policy, principal, keys), told);
        return;
      }
      if (verdict.answer === "undecided") {
        // Nobody writes such: a variable that is compared with itself.
        assert.match(JSON.stringify(policy), /\$\{aws:username/, verdict.why);
        return;
      }
      for (const { principal, keys: own } of strangers) {
        for (const random of others) {
          const keys = keysOf(own, random);
          if (invertsUnsetVariable(policy, keys)) continue;
          const told = JSON.stringify({ policy, principal, keys });
          assert.ok(!(await gets(policy, principal, keys)), told);
        }
      }
    };
    await fc.assert(fc.asyncProperty(bucketPolicy, contexts, holds), {
      numRuns: runs(100),
    });
  });
});

import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import {
  tryEveryAssignment,
  type SignedInUser,
} from "../../sandbox/tour/matrix";
import { isAsExpected } from "../../sandbox/tour/checks";
import { clientConfig } from "../../sandbox/tour/people";
import {
  accountId,
  deploySingleAccount,
  type SingleAccount,
} from "./single-account";

describe("a single account, deployed as the example says", () => {
  let single: SingleAccount;
  const people = new Map<string, SignedInUser>();

  const person = (name: string): SignedInUser =>
    people.get(name) ?? assert.fail(`nobody called ${name}`);

  before(async () => {
    single = await deploySingleAccount();
    const { sandbox, stackFile, founder } = single;
    const iam = new IAM(clientConfig(sandbox.aws, founder));
    for (const name of Object.keys(stackFile.users)) {
      const { user } = await signInFirstTime(sandbox.aws, stackFile, iam, name);
      people.set(name, user);
    }
  });

  after(async () => {
    await single.close();
  });

  it("opens to each user exactly the granted roles, with MFA and never without", async () => {
    for (const user of people.values()) {
      const rows = await tryEveryAssignment(user, single.stackFile);
      assert.equal(rows.length, 4);
      for (const row of rows) {
        assert.ok(isAsExpected(row.with), JSON.stringify(row));
        assert.ok(isAsExpected(row.without), JSON.stringify(row));
      }
    }
  });

  it("leads from no role to another, though PowerUser and OpsSudo may take any", async () => {
    const { person: ada, withMfa } = person("ada");
    for (const from of ["ReadOnly", "PowerUser", "OpsSudo"]) {
      const session = await ada.takeRole(withMfa, accountId, from);
      for (const to of ["ReadOnly", "PowerUser", "OpsSudo", "Analyst"]) {
        await assert.rejects(ada.takeRole(session, accountId, to), {
          name: "AccessDenied",
        });
      }
    }
  });

  it("is deployed from then on by who may take OpsSudo", async () => {
    const { person: ada, withMfa } = person("ada");
    single.sandbox.deployAs(await ada.takeRole(withMfa, accountId, "OpsSudo"));
    for (const stack of single.stacks) await stack.up("--expect-no-changes");
  });
});

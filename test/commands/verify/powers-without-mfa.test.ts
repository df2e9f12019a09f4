import assert from "node:assert/strict";
import fc from "fast-check";
import { PowersWithoutMfa } from "../../../commands/verify/powers-without-mfa";
import { UserPrincipal } from "../../../commands/verify/user-principal";
import { mayDoOtherThan } from "../../../commands/verify/user-requests";
import { withoutMfa } from "../../../policy-pack/decide/mfa";
import { runs } from "../../run/property-tests";
import { randomAccounts } from "./random-accounts";

describe("what users may do without MFA", () => {
  it("is the same asked together as asked of each user", () => {
    const seen = new Set<string>();
    const allowed = ["iam:GetUser"];
    fc.assert(
      fc.property(randomAccounts, ({ accounts }) => {
        const together = new PowersWithoutMfa(allowed);
        const principals = accounts.flatMap(({ live }) =>
          live.users.map((user) => new UserPrincipal(live, user)),
        );
        for (const principal of principals) {
          const alone = mayDoOtherThan(
            principal.permissions,
            allowed,
            withoutMfa,
          );
          assert.deepEqual(together.of(principal), alone);
          seen.add(alone.answer);
        }
      }),
      { numRuns: runs(20) },
    );
    assert.ok(seen.has("open") && seen.has("closed"), [...seen].join());
  });
});

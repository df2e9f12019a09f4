import assert from "node:assert/strict";
import { bastionId } from "../../commands/verify/accounts";
import { seed } from "../../run/property-tests";
import { changes, firstDeployment } from "./changes";
import { toAnotherVendor } from "./changes-of-roles";
import { Dependencies } from "./dependencies";
import { ObservedStacks } from "./observed-stacks";
import { holdToSafety } from "./held-to";
import { missingOrders, requiredOrders } from "./required-orders";
import { Safety } from "./safety";
import { set, twoAccounts, type Settings } from "./settings";

/** All that an order is required of, in one organisation. */
const everything: Settings = [
  set("shared", "roles.Support", {
    managedPolicies: ["SecurityAudit"],
    inlinePolicies: {
      reads: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }],
      },
    },
  }),
  // GitHub's provider comes with the pipeline, and GitLab's with the roles.
  ...[
    [
      "Builder",
      "token.actions.githubusercontent.com",
      "repo:acme/shop:ref:refs/heads/main",
    ],
    ["Releaser", "gitlab.com", "project_path:acme/shop:ref_type:tag:ref:v*"],
  ].map(([role = "", issuer, subject]) =>
    set("shared", `roles.${role}`, {
      managedPolicies: ["AmazonS3ReadOnlyAccess"],
      trust: {
        oidc: { issuer, audience: "sts.amazonaws.com", subjects: [subject] },
      },
    }),
  ),
  set("shared", "roles.Scanner", {
    managedPolicies: ["AmazonS3FullAccess"],
    trust: {
      vendor: { accountId: "777777777777", externalId: "acme-7f3a9c21" },
    },
  }),
  set("shared", "pipeline", {
    repository: "acme@7/bastion-account@42",
    branch: "main",
  }),
  set("bastion", "teams.support", { grants: [] }),
  set("bastion", "helpDesk", { team: "support", roles: ["ReadOnly"] }),
  set("bastion", "users.eve", { teams: ["developers"] }),
].reduce((settings, edit) => edit(settings), twoAccounts);

/** The state of a program whose teams' members do not wait for those of the group of all users. */
function withoutGuard(exported: string): string {
  const state = JSON.parse(exported) as {
    deployment: { resources: { dependencies?: readonly string[] }[] };
  };
  for (const resource of state.deployment.resources) {
    resource.dependencies = (resource.dependencies ?? []).filter(
      (urn) => !urn.endsWith("GroupMembership::bastion-bastion-users"),
    );
  }
  return JSON.stringify(state);
}

describe("each step of a few changes, by the real engine", () => {
  const safety = new Safety(bastionId);
  let deployed: ObservedStacks;

  before(async () => {
    deployed = await ObservedStacks.start(everything, seed);
  });
  after(() => deployed.close());

  it("is safe in the first deployment of both stacks", async () => {
    holdToSafety(safety, await deployed.make(firstDeployment));
  });

  it("follows from what depends on what, and not from luck", async () => {
    const pairs = new Map<string, number>();
    for (const name of ["bastion", "workload"] as const) {
      const state = await deployed.stack(name).exported();
      const found = missingOrders(new Dependencies(state));
      assert.deepEqual(found.missing, []);
      for (const [order, count] of found.pairs) {
        pairs.set(order, (pairs.get(order) ?? 0) + count);
      }
    }
    const untried = requiredOrders.filter(({ name }) => !pairs.get(name));
    // A team's roles outgrow its group in npm run test:faults.
    assert.deepEqual(
      untried.map(({ name }) => name),
      [
        "a group's managed policies, before the inline ones they take over from",
      ],
    );
  });

  it("is found to be left to luck where a dependency is missing", async () => {
    const state = await deployed.stack("bastion").exported();
    const { missing } = missingOrders(new Dependencies(withoutGuard(state)));
    assert.match(
      missing.join("\n"),
      /who is in the group of all users, before/,
    );
  });

  it("is safe while a vendor's role goes to another vendor", async () => {
    holdToSafety(safety, await deployed.make(toAnotherVendor));
  });

  it("is safe while a user is removed", async () => {
    const removal = changes.find(({ name }) => name === "a user is removed");
    assert.ok(removal);
    holdToSafety(safety, await deployed.make(removal));
  });

  it("is safe while both stacks are destroyed", async () => {
    holdToSafety(safety, await deployed.destroy("workload", "bastion"));
  });
});

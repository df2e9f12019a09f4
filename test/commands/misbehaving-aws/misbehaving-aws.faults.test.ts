import { seed } from "../../run/property-tests";
import { commands } from "./in-process";
import { misbehaviours, slowToGiveUp } from "./kinds";
import { titleOf, UnderFaults } from "./under-faults";

describe("with an AWS that misbehaves in every way", () => {
  let accounts: UnderFaults;

  before(async () => {
    accounts = await UnderFaults.start();
  });
  after(() => accounts.close());

  const all = Object.entries({ ...misbehaviours, ...slowToGiveUp });
  for (const name of Object.keys(commands)) {
    for (const [kind, misbehaviour] of all) {
      it(titleOf(name, kind, misbehaviour), () =>
        accounts.holds(name, misbehaviour, seed),
      );
    }
  }
});

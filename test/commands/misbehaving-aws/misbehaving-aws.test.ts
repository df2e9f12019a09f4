import { seed } from "../../run/property-tests";
import { commands } from "./in-process";
import { misbehaviours } from "./kinds";
import { titleOf, UnderFaults } from "./under-faults";

/** Each kind with one command, by turns: all with all is a matter of minutes (`npm run test:faults`). */
const names = Object.keys(commands);

describe("with an AWS that misbehaves", () => {
  let accounts: UnderFaults;

  before(async () => {
    accounts = await UnderFaults.start();
  });
  after(() => accounts.close());

  Object.entries(misbehaviours).forEach(([kind, misbehaviour], index) => {
    const name = names[index % names.length] ?? "";
    it(titleOf(name, kind, misbehaviour), () =>
      accounts.holds(name, misbehaviour, seed),
    );
  });
});

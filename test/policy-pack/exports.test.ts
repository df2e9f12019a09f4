import { assertFound, cases } from "./exports/cases";
import { judged } from "./exports/in-process";

describe("the exported state of another team's stack, shown to the pack", () => {
  for (const name of cases) {
    it(`${name} has the findings that were expected, and no others`, () => {
      assertFound(name, judged(name));
    });
  }
});

import { judgedInProcess } from "./in-process";
import { levelCases } from "./level-cases";

describe("the policy pack, shown another team's stack, by what its config says", () => {
  for (const one of levelCases) {
    it(one.does, () => one.try(judgedInProcess));
  }
});

import assert from "node:assert/strict";
import { addressOfStates } from "../../sandbox/state-address";

describe("the address of a sandbox's states", () => {
  for (const [folder, windows, address] of [
    ["/home/ada/state", false, "file:///home/ada/state"],
    ["/a clone/50%?#/state", false, "file:///a%20clone/50%25%3F%23/state"],
    [String.raw`C:\Users\ada\state`, true, "file://C:/Users/ada/state"],
    [String.raw`D:\a clone\state`, true, "file://D:/a%20clone/state"],
  ] as const) {
    it(`is of ${folder} what Pulumi takes there`, () => {
      assert.equal(addressOfStates(folder, windows), address);
    });
  }
});

import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { folderOfStates } from "../../../commands/recover/backups";

describe("where a backend's address has the states", () => {
  for (const [address, folder] of [
    ["file:///var/states", "/var/states"],
    ["file:///var/my%20states?no_tmp_dir=true", "/var/my states"],
    ["file://./states", "/project/states"],
    ["file://states", "/project/states"],
    ["file://~", "/home/ada"],
    ["file://~/states", "/home/ada/states"],
    ["s3://states", undefined],
    ["https://api.pulumi.com", undefined],
  ] as const) {
    it(`is ${folder ?? "in no file"} for ${address}`, () => {
      assert.equal(folderOfStates(address, "/project", "/home/ada"), folder);
    });
  }

  it("is below the user's own home, as after pulumi login --local", () => {
    assert.equal(
      folderOfStates("file://~/states", "/project"),
      join(homedir(), "states"),
    );
  });
});

import assert from "node:assert/strict";
import { clientSetUp } from "../../../infra/profiles/profiles";
import { readBastionConfig } from "../../../commands/bastion-config";
import { checkout } from "../../../sandbox/engine/paths";
import { readStackFile } from "../../../sandbox/project";
import { awsFiles, profilesOf } from "../../../sandbox/shell/profiles";

const key = (name: string) => ({
  name,
  key: { accessKeyId: `AKIA-${name}`, secretAccessKey: `secret-of-${name}` },
});
const stackFile = readStackFile("bastion");
const config = readBastionConfig({ folder: checkout, stack: "bastion" });

describe("The sandbox's AWS profiles", () => {
  const [ada, bashir] = [key("ada"), key("bashir")];
  const files = awsFiles(stackFile, [key("deployment")], [ada, bashir], ada);

  for (const name of ["ada", "bashir", "chen"]) {
    it(`are those that client-config writes for ${name}, under names of their own`, () => {
      const user = config.users.find((one) => one.name === name);
      assert.ok(user);
      const { device, profiles } = clientSetUp(config, user);
      assert.deepEqual(
        [...profilesOf(stackFile, name)].sort(),
        profiles.map((profile) => profile.name).sort(),
      );
      const { config: text } = awsFiles(stackFile, [], [key(name)], undefined);
      for (const profile of profiles) {
        assert.ok(
          text.includes(
            [
              `[profile ${name}-${profile.name}]`,
              "region = us-east-1",
              `source_profile = ${name}`,
              `role_arn = ${profile.roleArn}`,
              `role_session_name = ${name}`,
              `mfa_serial = ${device.serial}`,
            ].join("\n"),
          ),
          text,
        );
      }
    });
  }

  it("begin with a user's key under the name that client-config gives it", () => {
    assert.match(
      files.credentials,
      /\[bastion\]\naws_access_key_id = AKIA-ada\naws_secret_access_key = secret-of-ada\n$/,
    );
    // It refuses to write a profile that is there already.
    assert.doesNotMatch(files.config, /\[profile (bastion|dev-|prod-)/);
  });

  it("hold no key in the config, and none of the sandbox's names twice", () => {
    assert.doesNotMatch(files.config, /AKIA|secret-of/);
    for (const text of [files.config, files.credentials]) {
      const names = text.match(/^\[.*\]$/gm) ?? [];
      assert.ok(names.length >= 4);
      assert.equal(new Set(names).size, names.length);
    }
  });
});

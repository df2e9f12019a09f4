import assert from "node:assert/strict";
import { remedyForUnlisted } from "../../../commands/deploy/unlisted-stacks";

const stacks = ["bastion", "workload-dev", "workload-prod"];

/** The remedy, and which stacks were looked at. */
async function remedyOf(printed: string, unreadable: readonly string[] = []) {
  const lookedAt: string[] = [];
  const remedy = await remedyForUnlisted(printed, stacks, (stack) => {
    lookedAt.push(stack);
    return Promise.resolve(unreadable.includes(stack));
  });
  return { remedy, lookedAt: lookedAt.sort() };
}

/** As Pulumi 3.259 prints them. */
const others = [
  "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
  'error: unable to open state directory "file:///none": stat /none: no such file or directory',
  'error: read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=Unknown): operation error S3: GetObject, resolve auth scheme',
  'error: could not get cloud url: Get "https://api.pulumi.com/api/user": EOF',
  "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
];
const ofStates = [
  "error: place 1: unexpected end of JSON input",
  "code: 255\n stderr: error: place 1: invalid character '\\n' in string literal\n",
  "error: 2 errors occurred:\n    1) invalid character 'x' in string literal\n    2) Unknown",
  "error: EOF",
  "error: place 1: unexpected EOF",
  "error: unsupported checkpoint version 99",
  "error: json: cannot unmarshal number into Go struct field ResourceV3.latest.resources.urn of type urn.URN",
];

describe("what is to be done where Pulumi lists no stacks", () => {
  for (const printed of others) {
    it(`is no look at each stack, where it says ${printed.slice(7, 40)}…`, async () => {
      const { remedy, lookedAt } = await remedyOf(printed, stacks);
      assert.match(remedy, /^Fix: log in with pulumi login/);
      assert.deepEqual(lookedAt, []);
    });
  }

  for (const printed of ofStates) {
    it(`names the stack whose state can't be read, where it says ${printed.slice(-30)}`, async () => {
      const { remedy, lookedAt } = await remedyOf(printed, ["workload-dev"]);
      assert.match(remedy, /^The state of workload-dev can't be read\./);
      assert.deepEqual(lookedAt, stacks);
    });
  }

  it("says that it is another stack's, where those of the config can be read", async () => {
    const { remedy } = await remedyOf("error: EOF");
    assert.match(remedy, /of a stack that the config does not have\. Fix: /);
    assert.doesNotMatch(remedy, /pulumi login/);
  });
});

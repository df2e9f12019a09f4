import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import { run } from "../../../sandbox/engine/run";

describe("a machine without AWS credentials", () => {
  for (const command of ["verify", "adopt"]) {
    it(`is told so by npm run ${command}, and what to do`, async () => {
      const home = mkdtempSync(join(tmpdir(), "nobody "));
      const { code, stderr } = await run("npm", ["run", "--silent", command], {
        cwd: checkout,
        environment: {
          HOME: home,
          AWS_PROFILE: undefined,
          AWS_ACCESS_KEY_ID: undefined,
          AWS_SECRET_ACCESS_KEY: undefined,
          AWS_SESSION_TOKEN: undefined,
          AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
          AWS_CONFIG_FILE: join(home, "config"),
          AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials"),
          AWS_EC2_METADATA_DISABLED: "true",
        },
      });
      rmSync(home, { recursive: true });
      assert.equal(code, 2, stderr);
      assert.match(stderr, /no AWS credentials were found\. Set AWS_PROFILE/);
    });
  }
});

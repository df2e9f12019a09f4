import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { downloadCli, pinnedRelease } from "../../../sandbox/engine/download";
import {
  cachedPulumiHome,
  cliIn,
  pulumiVersion,
} from "../../../sandbox/engine/paths";

describe("the download of the Pulumi CLI", () => {
  const cache = process.env["BASTION_SANDBOX_CACHE"];
  let folder: string;
  let tarball: Buffer;
  let server: Server;
  let address: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "a download "));
    process.env["BASTION_SANDBOX_CACHE"] = join(folder, "cache");
    mkdirSync(join(folder, "pulumi"));
    writeFileSync(
      join(folder, "pulumi/pulumi"),
      `#!/bin/sh\necho v${pulumiVersion}\n`,
    );
    chmodSync(join(folder, "pulumi/pulumi"), 0o755);
    execFileSync("tar", ["-czf", "release.tar.gz", "pulumi"], { cwd: folder });
    tarball = readFileSync(join(folder, "release.tar.gz"));
    server = createServer((request, response) => {
      response.statusCode = request.url === "/release" ? 200 : 404;
      response.end(tarball);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  after(async () => {
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true, force: true });
    if (cache === undefined) delete process.env["BASTION_SANDBOX_CACHE"];
    else process.env["BASTION_SANDBOX_CACHE"] = cache;
  });

  const silent = (): void => undefined;
  const sha256 = (bytes: Buffer): string =>
    createHash("sha256").update(bytes).digest("hex");

  it("unpacks nothing of a tarball with another hash than the pinned one, and keeps none of it", async () => {
    const pinned = sha256(Buffer.from("the release"));
    const attempt = await downloadCli(silent, {
      address: `${address}release`,
      sha256: pinned,
    });
    assert.ok("failure" in attempt);
    assert.ok(attempt.failure.includes(sha256(tarball)));
    assert.ok(attempt.failure.includes(`${pinned} is pinned`));
    assert.deepEqual(readdirSync(join(folder, "cache")), []);
  });

  it("says what the server answers in place of a tarball", async () => {
    const attempt = await downloadCli(silent, {
      address: `${address}gone`,
      sha256: "",
    });
    assert.deepEqual(attempt, { failure: `${address}gone answers 404` });
  });

  it("unpacks the one with that hash to where the npm package looks for it", async () => {
    const attempt = await downloadCli(silent, {
      address: `${address}release`,
      sha256: sha256(tarball),
    });
    const cli = cliIn(cachedPulumiHome());
    assert.deepEqual(attempt, { cli });
    assert.ok(existsSync(cli));
    assert.deepEqual(readdirSync(join(folder, "cache")), ["pulumi"]);
  });

  it("has a hash of each system that is supported, and downloads for no other one", () => {
    for (const system of [
      "linux-x64",
      "linux-arm64",
      "darwin-x64",
      "darwin-arm64",
    ]) {
      const release = pinnedRelease(system);
      assert.match(release?.sha256 ?? "", /^[0-9a-f]{64}$/);
      assert.ok(
        release?.address.endsWith(
          `/v${pulumiVersion}/pulumi-v${pulumiVersion}-${system}.tar.gz`,
        ),
      );
    }
    assert.equal(pinnedRelease("win32-x64"), undefined);
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  powershellLines,
  shellLines,
} from "../../../sandbox/shell/environment";

const folder = "/it's a $HOME `folder`";
const environment = {
  path: [folder, "/second"],
  variables: { AWS_PROFILE: "deployment", NAME: `${folder} "x"` },
};

/** Those of a person that would lead elsewhere. */
const earlier = {
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_ENDPOINT_URL_STS: "https://example.org",
  OTHER: "stays",
};

const isThere = (shell: string): boolean =>
  !spawnSync(shell, ["-c", "true"], { stdio: "ignore" }).error;

describe("A shell that reads the sandbox's environment", () => {
  for (const shell of ["sh", "bash", "zsh"]) {
    const skipped = isThere(shell) ? "" : " (skipped: it is not installed)";
    (skipped === "" ? it : it.skip)(`is set up in ${shell}${skipped}`, () => {
      const print =
        'printf "%s\\n" "$PATH" "$AWS_PROFILE" "$NAME" "$OTHER" "${AWS_ACCESS_KEY_ID-unset}" "${AWS_ENDPOINT_URL_STS-unset}"';
      const { stdout, stderr } = spawnSync(
        shell,
        ["-c", [...shellLines(environment), print].join("\n")],
        {
          encoding: "utf8",
          env: { PATH: "/usr/bin:/bin:/earlier", ...earlier },
          // From a pipe bash would read its own settings.
          stdio: ["ignore", "pipe", "pipe"],
        },
      );
      assert.equal(stderr, "");
      assert.deepEqual(stdout.trimEnd().split("\n"), [
        `${folder}:/second:/usr/bin:/bin:/earlier`,
        "deployment",
        `${folder} "x"`,
        "stays",
        "unset",
        "unset",
      ]);
    });
  }

  it("has the same in PowerShell, with its own quotes", () => {
    const lines = powershellLines(environment);
    assert.match(lines[0] ?? "", /^Remove-Item .*Env:AWS_ACCESS_KEY_ID,/);
    assert.deepEqual(lines.slice(1), [
      "$env:PATH = '/it''s a $HOME `folder`;/second;' + $env:PATH",
      "$env:AWS_PROFILE = 'deployment'",
      "$env:NAME = '/it''s a $HOME `folder` \"x\"'",
    ]);
  });
});

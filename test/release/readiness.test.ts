import assert from "node:assert/strict";
import { problems, type Versions } from "../../.github/release/readiness";
import { addressOf } from "../../.github/release/remote";
import { inOrder, manifestOf } from "../../.github/release/checkout";

const ready: Versions = {
  tag: "v0.2.0",
  program: "0.2.0",
  lockFile: "0.2.0",
  pack: "0.2.0",
  repository: "git+https://github.com/acme/bastion.git",
  address: "https://github.com/acme/bastion",
  changelog: "# Changelog\n\n## 0.2.0, 2027-01-02\n\n- New.\n",
  kept: ["0.1.0", "0.2.0"],
};

const rows: readonly (readonly [string, Partial<Versions>, RegExp])[] = [
  ["a tag that is no version", { tag: "v0.2" }, /The tag: found v0\.2;/],
  ["a program of another version", { program: "0.1.0" }, /^package\.json/],
  ["a lock file of another version", { lockFile: "0.1.0" }, /^package-lock/],
  ["a pack of another version", { pack: "0.1.0" }, /^policy-pack/],
  [
    "a version that the changelog does not have",
    { changelog: "# Changelog\n\n## 0.1.0, 2026-12-01\n\n- Old.\n" },
    /^CHANGELOG\.md: found no such version/,
  ],
  [
    "a version that is not released yet",
    { changelog: "# Changelog\n\n## 0.2.0, not released yet\n\n- New.\n" },
    /^CHANGELOG\.md: found that it is not released/,
  ],
  [
    "a program that later upgrades are not tested from",
    { kept: ["0.1.0"] },
    /^test\/upgrade\/releases: found 0\.1\.0/,
  ],
  [
    "a pack from nowhere",
    { repository: undefined },
    /repository\.url: found none/,
  ],
  [
    "a pack from another repository",
    { address: "https://github.com/other/bastion" },
    /found git\+https:\/\/github\.com\/acme.*expected git\+https:\/\/github\.com\/other\/bastion\.git/,
  ],
];

describe("a tag", () => {
  it("is released where everything names its version", () => {
    assert.deepEqual(problems(ready), []);
    assert.deepEqual(problems({ ...ready, address: undefined }), []);
  });

  for (const [what, change, expected] of rows) {
    it(`is refused with ${what}`, () => {
      const found = problems({ ...ready, ...change });
      assert.ok(
        found.some((line) => expected.test(line)),
        found.join("\n"),
      );
      for (const line of found) assert.match(line, /: found .*; expected /);
    });
  }

  it("is refused with all that is wrong at once", () => {
    assert.equal(
      problems({ ...ready, program: "0.1.0", pack: "0.1.0", kept: [] }).length,
      3,
    );
  });
});

describe("the versions in this checkout", () => {
  it("are the same in the program, the lock file and the pack", () => {
    const [version, ...others] = [
      "package.json",
      "package-lock.json",
      "policy-pack/package.json",
    ].map((file) => manifestOf(file).version);
    assert.match(version ?? "", /^\d+\.\d+\.\d+$/);
    assert.deepEqual(others, [version, version]);
  });
});

describe("the kept programs", () => {
  it("are in the order of their versions, and what was before one comes before it", () => {
    const versions = [
      "0.1.0-before",
      "0.1.0-candidate",
      "0.1.0",
      "0.2.0",
      "0.10.0",
    ];
    assert.deepEqual([...versions].reverse().sort(inOrder), versions);
  });
});

describe("the repository's address", () => {
  it("is read from whatever a remote is written as", () => {
    for (const remote of [
      "https://github.com/acme/bastion.git\n",
      "https://x-access-token:secret@github.com/acme/bastion",
      "git@github.com:acme/bastion.git",
      "ssh://git@github.com/acme/bastion.git",
    ]) {
      assert.equal(addressOf(remote), "https://github.com/acme/bastion");
    }
  });

  it("is asked for where a remote is none, and a token in it is not repeated", () => {
    for (const remote of ["/srv/git/bastion", "https://secret@/x", ""]) {
      assert.throws(
        () => addressOf(remote),
        ({ message }: Error) =>
          message.includes("Fix: ") && !message.includes("secret"),
      );
    }
  });
});

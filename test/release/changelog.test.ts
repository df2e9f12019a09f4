import assert from "node:assert/strict";
import {
  nextVersion,
  sectionsOf,
  withRelease,
} from "../../.github/release/changelog";
import { textOf } from "../../.github/release/checkout";
import { notesOf } from "../../.github/release/notes";

const changelog = `# Changelog

Words.

## Not released yet

- New: see [docs](docs/upgrade.md) and [AWS](https://aws.amazon.com).

### The stacks

- More.

## 0.1.0, 2026-12-01

- First.
`;

describe("the changelog, at a release", () => {
  it("is read by version, the newest first", () => {
    const sections = sectionsOf(changelog);
    assert.deepEqual(
      sections.map(({ version, date }) => [version, date]),
      [
        [undefined, undefined],
        ["0.1.0", "2026-12-01"],
      ],
    );
    assert.match(sections[0]?.body ?? "", /^- New[^]*- More\.$/);
    assert.equal(sections[1]?.body, "- First.");
  });

  it("is read as it stands in this checkout", () => {
    assert.ok(sectionsOf(textOf("CHANGELOG.md")).length > 0);
  });

  it("gets version and day in the topmost heading, and keeps every other byte", () => {
    const released = withRelease(changelog, "0.2.0", "2027-01-02");
    assert.equal(
      released,
      changelog.replace("## Not released yet", "## 0.2.0, 2027-01-02"),
    );
    const named = changelog.replace("## Not", "## 0.2.0, not");
    assert.equal(withRelease(named, "0.2.0", "2027-01-02"), released);
  });

  for (const [what, text, expected] of [
    ["nothing new", changelog.replace(/## Not[^]*(?=## 0)/, ""), /nothing/],
    [
      "an empty section",
      changelog.replace(/- New[^]*(?=## 0)/, ""),
      /found nothing that is not released/,
    ],
    ["a heading of another form", `${changelog}\n## Old\n`, /found "## Old"/],
    [
      "a next version that is another one",
      changelog.replace("## Not", "## 1.0.0, not"),
      /to be 1\.0\.0; expected 0\.2\.0/,
    ],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.throws(
        () => withRelease(text, "0.2.0", "2027-01-02"),
        ({ message }: Error) =>
          expected.test(message) && message.includes("Fix: "),
      );
    });
  }

  it("counts versions as npm does", () => {
    assert.deepEqual(
      ["major", "minor", "patch", "0.1.9"].map((one) =>
        nextVersion("0.1.9", one),
      ),
      ["1.0.0", "0.2.0", "0.1.10", "0.1.9"],
    );
  });

  it("becomes the release's notes, with links that lead into the repository, and what others pin", () => {
    const notes = notesOf(withRelease(changelog, "0.2.0", "2027-01-02"), {
      version: "0.2.0",
      integrity: "sha512-abc",
      address: "https://github.com/acme/bastion",
    });
    assert.match(
      notes,
      /\(https:\/\/github\.com\/acme\/bastion\/blob\/v0\.2\.0\/docs\/upgrade\.md\)/,
    );
    assert.match(notes, /\[AWS\]\(https:\/\/aws/);
    assert.match(notes, /pack-release: v0\.2\.0\npack-integrity: sha512-abc\n/);
    assert.match(notes, /--repo acme\/bastion`/);
    assert.doesNotMatch(notes, /First/);
  });
});

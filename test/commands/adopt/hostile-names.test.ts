import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { readProject } from "../../../commands/adopt/project";
import { propose } from "../../../commands/adopt/proposal";
import { readBastionConfig } from "../../../commands/bastion-config";
import { runs } from "../../run/property-tests";
import {
  account,
  bastionId,
  criteria,
  devId,
  group,
  managed,
  user,
} from "./account";

/** Texts that readers of YAML take for something else than a text, or for more than one. */
const odd = [
  "1_000",
  "0b11",
  "0o17",
  "012",
  "1e3",
  "2026-01-01",
  "yes",
  "No",
  "on",
  "y",
  "true",
  "null",
  "==",
  "--",
  "-a",
  "@a",
  "+.inf",
  ".nan",
  "...",
  "constructor",
  "toString",
];

/** Of tags alone: any letter, number or space of any writing. */
const oddTags = [
  "12:30:45",
  "a: b",
  " a ",
  "a:",
  "=",
  "a\u2028acme:stack: b",
  "\u2029---",
  "\u00a0a",
  "\u3000",
  "\u65e5\u672c",
  "",
];

const iamName = fc.oneof(
  fc.constantFrom(...odd),
  fc.stringMatching(/^[\w+=,.@-]{2,64}$/),
);
const groupName = fc.oneof(iamName, fc.stringMatching(/^[\w+=,.@-]{115,128}$/));
const tag = fc.oneof(
  fc.constantFrom(...odd, ...oddTags),
  fc.stringMatching(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,20}$/u),
);
const path = fc
  .stringMatching(/^[\u0021-\u007e]{0,20}$/)
  .map((text) => `/${text.replaceAll("/", "")}/`);

const people = fc.uniqueArray(
  fc.record({
    // Of one character, a name is none of a session.
    name: iamName.filter(({ length }) => length > 1),
    path,
    tags: fc
      .dictionary(
        tag.filter((name) => !/^$|^__proto__$|^aws:/i.test(name)),
        tag,
        { maxKeys: 3 },
      )
      // IAM holds them to be one.
      .filter((tags) => {
        const names = Object.keys(tags).map((name) => name.toLowerCase());
        return new Set(names).size === names.length;
      }),
  }),
  { minLength: 1, maxLength: 3, selector: ({ name }) => name.toLowerCase() },
);

describe("the files that a take-over proposes", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hostile names "));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      `name: acme\nconfig:\n  bastionAccountId: "${bastionId}"\n  accounts: { dev: { id: "${devId}" } }\n`,
    );
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const stackFile = (text?: string): void => {
    rmSync(join(folder, "Pulumi.bastion.yaml"), { force: true });
    if (text !== undefined) {
      writeFileSync(join(folder, "Pulumi.bastion.yaml"), text);
    }
  };

  const proposed = (
    given: typeof people extends fc.Arbitrary<infer T> ? T : never,
    inGroup: string,
  ) => {
    const users = given.map(({ name, ...more }) =>
      user(name, { ...more, groups: [inGroup] }),
    );
    const groups = [
      group(inGroup, { attachedPolicies: [managed("AdministratorAccess")] }),
    ];
    const { proposal } = propose(
      account({ users, groups }),
      readProject(folder, "bastion"),
      criteria(),
    );
    assert.ok(proposal);
    return proposal;
  };

  it("mean just the names and tags that the account has, to the program and to any reader of YAML", () => {
    fc.assert(
      fc.property(people, groupName, (given, inGroup) => {
        stackFile();
        const { stackFile: text, importFile } = proposed(given, inGroup);
        const [one, other] = (["1.2", "1.1"] as const).map(
          (version) => parse(text, { version, merge: true }) as unknown,
        );
        assert.deepEqual(other, one);
        // Also ends of lines, to some.
        assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        stackFile(text);
        const { users } = readBastionConfig({ folder, stack: "bastion" });
        assert.deepEqual(
          users.map(({ name, tags }) => ({ name, tags })),
          given.map(({ name, tags }) => ({ name, tags: { ...tags } })),
        );
        assert.deepEqual(
          importFile.resources
            .filter(({ type }) => type === "aws:iam/user:User")
            .map(({ id }) => id),
          given.map(({ name }) => name),
        );
      }),
      { numRuns: runs(40) },
    );
  });

  it("leave out tags that AWS alone can set", () => {
    stackFile();
    const tags = { "aws:cloudformation:stack-name": "people", desk: "7" };
    const given = [{ name: "ada", path: "/", tags }];
    stackFile(proposed(given, "staff").stackFile);
    const { users } = readBastionConfig({ folder, stack: "bastion" });
    assert.deepEqual(users[0]?.tags, { desk: "7" });
  });

  it("keep what stands in the file as it is written, odd as it may be", () => {
    const file =
      "# one\u200d two\nconfig:\n  acme:stack: bastion\n  acme:tags: {day: 2026-01-01, 'n': no, \"x\": yes}\n";
    stackFile(file.replace("2026-01-01", "'2026-01-01'"));
    const before = file.replace("2026-01-01", "'2026-01-01'");
    const { stackFile: text } = proposed(
      [{ name: "ada", path: "/", tags: {} }],
      "ops",
    );
    assert.ok(text.startsWith(before), text);
  });
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { readBastionConfig } from "../../../commands/bastion-config";
import { ConfigError, type BastionConfig } from "../../../infra/config";
import { readStackFile } from "../../../sandbox/project";
import { runs } from "../../run/property-tests";

const projectFile = `name: acme
config:
  bastionAccountId: "111111111111"
  accounts: { dev: { id: "222222222222" } }
`;

/** Milliseconds that reading any file takes at most, on a machine that does more than this. */
const timeAtMost = 30_000;

/** What a terminal obeys, and what is there and not seen. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

const aliasesOfAliases = (levels: number): string =>
  Array.from({ length: levels }, (_, level) =>
    level === 0
      ? "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"
      : `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(",")}]`,
  ).join("\n");

const users = (text: string): string =>
  `config:\n  acme:stack: bastion\n  acme:users: ${text}\n`;

const manyUsers = (count: number, entry: (index: number) => string): string =>
  users(
    `\n${Array.from({ length: count }, (_, index) => `    ${entry(index)}`).join("\n")}`,
  );

interface Case {
  readonly of: string;
  readonly file: string | Buffer;
  readonly told: RegExp;
}

const refused: readonly Case[] = [
  {
    of: "aliases of aliases that make a thousand million values",
    file: `${aliasesOfAliases(9)}\n${users("*a8")}`,
    told: /values, with those that aliases stand for[^]*Fix: /,
  },
  {
    of: "an alias inside of what it stands for",
    file: users("&all { ada: *all }"),
    told: /an alias \(\*\) inside of what it stands for, at line 3/,
  },
  {
    of: "an alias of nothing",
    file: users("*nobody"),
    told: /an alias \(\*\) that no & names before it, at line 3/,
  },
  {
    of: "a key twice",
    file: users("{ ada: {}, bob: {}, ada: { teams: [] } }"),
    told: /the key ada again, at line 3/,
  },
  {
    of: "a map for a key, of which the reader would warn with what it holds",
    file: users('{ ? { "\\e[2J": x } : {} }'),
    told: /a map or a list for a key, at line 3/,
  },
  {
    of: "an alias of a list for a key",
    file: `x: &list [ada]\n${users("{ *list : {} }")}`,
    told: /a map or a list for a key, at line 4/,
  },
  {
    of: "a key again, by an alias of it",
    file: users("{ &ada ada : {}, *ada : { teams: [] } }"),
    told: /the key ada again, at line 3/,
  },
  {
    of: "a tag that runs code where it is obeyed",
    file: users('!!js/function "function () { process.exit() }"'),
    told: /Unresolved tag at line 3/,
  },
  {
    of: "a set, which others read as a map",
    file: users("!!set { ada, bob }"),
    told: /Unresolved tag at line 3/,
  },
  {
    of: "a list of depth 8,000",
    file: users("[".repeat(8_000) + "]".repeat(8_000)),
    told: /too deep to be read/,
  },
  {
    of: "ten million characters",
    file: users(`"${"a".repeat(10_000_000)}"`),
    told: /a file of 10 million characters[^]*Fix: /,
  },
  {
    of: "UTF-16",
    file: Buffer.from(users("{}"), "utf16le"),
    told: /zero bytes/,
  },
  {
    of: "two documents",
    file: `${users("{}")}---\n${users("{}")}`,
    told: /multiple documents/,
  },
  {
    of: "a name that is every object's",
    file: users("{ __proto__: { teams: [] } }"),
    told: /users\n.*\n.*"__proto__"/,
  },
  {
    of: "the same behind a merge key",
    file: users('{ ada: { <<: { tags: { __proto__: "x" } } } }'),
    told: /"__proto__"/,
  },
  {
    of: "a name with a Cyrillic letter",
    file: users("{ \u0430da: {} }"),
    told: /the name "\u0430da" \(with U\+0430\)/,
  },
  {
    of: "a team's name that is decomposed",
    file: `${users("{ ada: { teams: [cafe\u0301] } }")}  acme:teams: { cafe: { grants: [] } }\n`,
    told: /"cafe\u0301" \(with U\+0301\)/,
  },
  {
    of: "a name that turns the direction of text",
    file: users('{ "\u202eada": {} }'),
    told: /users\.\\u202eada/,
  },
  {
    of: "a name of no width",
    file: users('{ "a\u200bda": {} }'),
    told: /users\.a\\u200bda/,
  },
  {
    of: "an escape sequence",
    file: users('"\\e[2J\\x9b31m"'),
    told: /\\u001b\[2J\\u009b31m/,
  },
  {
    of: "an account's id as a number",
    file: "config:\n  acme:stack: bastion\n  acme:accounts: { dev: { id: 012345678901 } }\n",
    told: /accounts\.dev\.id[^]*in quotes/,
  },
  {
    of: "1,000 wrong users",
    file: manyUsers(1_000, (index) => `"user ${index}": {}`),
    told: /1000 problems[^]*and 900 more/,
  },
];

const read: readonly {
  readonly of: string;
  readonly file: string;
  readonly users: number;
}[] = [
  {
    of: "one alias for the teams of 500 users",
    file: `x: &ops [ops]\n${manyUsers(500, (index) => `user${index}: { teams: *ops }`)}  acme:teams: { ops: { grants: [] } }\n`,
    users: 500,
  },
  {
    of: "5,000 users",
    file: manyUsers(5_000, (index) => `user${index}: { teams: [] }`),
    users: 5_000,
  },
  {
    of: "names that every object has as well",
    file: users("{ constructor: {}, toString: {}, hasOwnProperty: {} }"),
    users: 3,
  },
  {
    of: "a byte order mark",
    file: `\ufeff${users("{ ada: {} }")}`,
    users: 1,
  },
];

describe("a stack file of somebody hostile", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "hostile files "));
    writeFileSync(join(folder, "Pulumi.yaml"), projectFile);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const outcome = (file: string | Buffer): BastionConfig | ConfigError => {
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), file);
    const began = Date.now();
    try {
      return readBastionConfig({ folder, stack: "bastion" });
    } catch (error) {
      if (error instanceof ConfigError) return error;
      throw error;
    } finally {
      assert.ok(Date.now() - began < timeAtMost);
    }
  };

  for (const { of, file, told } of refused) {
    it(`is refused with what is wrong, for ${of}`, () => {
      const error = outcome(file);
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, told);
      assert.doesNotMatch(error.message, unseen);
      assert.ok(error.message.length < 100_000);
    });
  }

  for (const { of, file, users: count } of read) {
    it(`is read, for ${of}`, () => {
      const config = outcome(file);
      if (config instanceof ConfigError) throw config;
      assert.equal(config.users.length, count);
    });
  }

  it("is read by the sandbox as by the program, with aliases and merge keys", () => {
    const file =
      "x: &ops { teams: [ops] }\n" +
      manyUsers(200, (index) => `user${index}: { <<: *ops }`);
    writeFileSync(join(folder, "Pulumi.bastion.yaml"), file);
    assert.deepEqual(
      Object.values(readStackFile("bastion", folder).users).map(
        (user) => user?.teams,
      ),
      Array(200).fill(["ops"]),
    );
  });

  it("becomes a config or an error that a terminal may show, whatever stands in it", () => {
    fc.assert(
      fc.property(hostileFile, (file) => {
        const found = outcome(file);
        if (!(found instanceof ConfigError)) return;
        assert.match(found.message, /problem/);
        assert.doesNotMatch(found.message, unseen);
        assert.ok(found.message.length < 1_000_000);
      }),
      { numRuns: runs(50) },
    );
  });
});

const oddText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "\u202e",
    "\u001b]0;title\u0007",
    "*a",
    "&a",
    "<<",
    "!!binary aGk=",
    "{",
    "]",
    "? ",
    "---",
    "%YAML 1.1",
    "|\n",
    "\t",
    "012",
    ".inf",
    "~",
  ),
);

const oddKey = fc.oneof(
  fc.constantFrom(
    "acme:users",
    "acme:teams",
    "acme:roles",
    "acme:accounts",
    "acme:everybody",
    "acme:tags",
    "acme:helpDesk",
    "acme:pipeline",
    "acme:selfService",
    "ada",
    "ops",
    "dev",
    "teams",
    "grants",
    "id",
  ),
  oddText,
);

/** A tree of odd names and values as JSON, which is YAML; and text that is hardly either. */
const tree = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(oddText, fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(oddKey, tie("value"), { maxKeys: 4 }),
  ),
})).value;

const hostileFile = fc.oneof(
  fc
    .dictionary(oddKey, tree, { maxKeys: 5 })
    .map((config) =>
      JSON.stringify({ config: { "acme:stack": "bastion", ...config } }),
    ),
  fc
    .array(fc.tuple(oddKey, oddText), { maxLength: 8 })
    .map(
      (lines) =>
        `config:\n  acme:stack: bastion\n${lines.map(([key, value]) => `  ${key}: ${value}\n`).join("")}`,
    ),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
);

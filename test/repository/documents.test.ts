import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { configKeys } from "../../infra/config";
import { furtherRole } from "../../infra/config/further-role";
import { trustKinds } from "../../infra/config/machine-trust";
import * as schema from "../../infra/config/schema";
import { organisationSchema } from "../../policy-pack/organisation/config";
import { rules } from "../../policy-pack/rules";
import { checkout } from "../../sandbox/engine/paths";

const text = (file: string): string =>
  readFileSync(join(checkout, file), "utf8");

/** The text below a heading, up to the next one of its level or above. */
function below(file: string, heading: string): string {
  const [, after] = text(file).split(`\n${heading}\n`);
  assert.ok(after !== undefined, `${file} has no heading "${heading}"`);
  const level = heading.indexOf(" ");
  const [section = ""] = after.split(new RegExp(`\n#{1,${level}} `));
  return section;
}

/** The names that begin the items of the lists, in backticks; those of an item's own list are not among them. */
const itemsOf = (section: string): readonly string[] =>
  [...section.matchAll(/^- `([\w-]+)`/gm)].map(([, name = ""]) => name);

/** The names in the list of one item. */
function itemsWithin(section: string, item: string): readonly string[] {
  const [, list = ""] =
    new RegExp(`^- \`${item}\`.*\n((?:  .*\n)+)`, "m").exec(section) ?? [];
  return [...list.matchAll(/^ {2}- `([\w-]+)`/gm)].map(([, name = ""]) => name);
}

/** As GitHub makes them of a page's headings. */
const anchorsIn = (file: string): readonly string[] =>
  [...text(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );

/** What stands right below a heading, before the first one within. */
const directlyIn = (section: string): string =>
  section.split("\n### ")[0] ?? "";

function assertSame(told: readonly string[], known: Iterable<string>): void {
  assert.deepEqual([...told].sort(), [...known].sort());
}

const keysOf = ({ shape }: { readonly shape: object }): readonly string[] =>
  Object.keys(shape);

/** What stands in backticks and looks like a path, with the folder that its section is about. */
function filesNamedIn(file: string): readonly (readonly [string, string])[] {
  return text(file)
    .replace(/^```[^]*?^```/gm, "")
    .split(/^## /m)
    .flatMap((section) => {
      const [, folder = ""] = /^([\w-]+\/):/.exec(section) ?? [];
      const paths = section.matchAll(
        /`((?:[\w.-]+\/)*(?:[\w.-]+\/|[\w-][\w.-]*\.(?:[jt]s|mjs|json|md|yaml)))`/g,
      );
      return [...paths].map(([, path = ""]) => [folder, path] as const);
    });
}

const configPage = "docs/config.md";

/** Characters. Prettier lines columns up, so a long cell makes every line of its table long. */
const tableWidth = 80;

const documents = execFileSync("git", ["ls-files", "*.md"], {
  cwd: checkout,
  encoding: "utf8",
})
  .split("\n")
  .filter(Boolean);

describe("the documents", () => {
  it("tell of every config key, and of no other", () => {
    const told = [
      "## Keys of every stack",
      "## Keys of the bastion's stack",
      "## Keys of the workload stacks",
    ].flatMap((heading) => itemsOf(below(configPage, heading)));
    assertSame(told, configKeys);
  });

  it("tell of every setting of a role and of a user, and of no other", () => {
    const roles = [
      schema.readOnlyRole,
      schema.powerUserRole,
      schema.opsSudoRole,
      furtherRole,
    ];
    assertSame(
      itemsOf(below(configPage, "## A role's settings")),
      new Set([...roles.flatMap(keysOf), "trust"]),
    );
    assertSame(
      itemsOf(below(configPage, "## A user's settings")),
      keysOf(schema.user),
    );
  });

  for (const [key, shape] of [
    ["accounts", schema.account],
    ["pipeline", schema.pipeline],
    ["passwordPolicy", schema.passwordPolicy],
    ["helpDesk", schema.helpDesk],
    ["breakGlassAlarm", schema.breakGlassAlarm],
  ] as const) {
    it(`tell of everything that ${key} may have, and of nothing else`, () => {
      assertSame(itemsWithin(text(configPage), key), keysOf(shape));
    });
  }

  it("tell of everything that a role's trust may have, and of nothing else", () => {
    const list = itemsWithin(text(configPage), "trust");
    assertSame(list, Object.keys(trustKinds));
    const all = /^- `trust`.*\n((?: .*\n)+)/m.exec(text(configPage))?.[1] ?? "";
    for (const [kind, shape] of Object.entries(trustKinds)) {
      // One level up, its items are those of a list of its own.
      const within = itemsWithin(all.replace(/^ {2}/gm, ""), kind);
      assertSame(within, keysOf(shape));
    }
  });

  it("have the config keys that Pulumi.yaml declares", () => {
    const { config } = parse(text("Pulumi.yaml")) as { config: object };
    const declared = Object.keys(config).filter((key) => !key.includes(":"));
    assert.deepEqual(declared.sort(), [...configKeys].sort());
  });

  it("tell of every fact that the policy pack's config may have", () => {
    const told = itemsOf(
      directlyIn(below("policy-pack/README.md", "## Config")),
    );
    assertSame(told, Object.keys(organisationSchema.properties));
  });

  it("tell of every rule", () => {
    const told = itemsOf(
      directlyIn(below("policy-pack/README.md", "## The rules")),
    );
    assertSame(told, ["organisation", ...rules.map(({ name }) => name)]);
  });

  it("name the version of the AWS plugin that the program is written for", () => {
    const { dependencies } = JSON.parse(text("package.json")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const version = dependencies["@pulumi/aws"] ?? "?";
    assert.ok(text("README.md").includes(`resource aws ${version}`));
  });

  it("name only files and folders that are there, where they say how the code is", () => {
    for (const file of ["CONTRIBUTING.md", "ARCHITECTURE.md"]) {
      const named = filesNamedIn(file);
      assert.ok(named.length > 20, file);
      for (const [section, path] of named) {
        assert.ok(
          existsSync(join(checkout, section, path)) ||
            existsSync(join(checkout, path)),
          `${file} names ${path}, which is not there`,
        );
      }
    }
  });

  it("name only scripts and test files that there are", () => {
    const { scripts } = JSON.parse(text("package.json")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    for (const file of documents) {
      const content = text(file);
      for (const [, name = ""] of content.matchAll(
        /npm run (?:-s |--silent )?([a-z][\w:-]*)/g,
      )) {
        assert.ok(name in scripts, `${file} names npm run ${name}`);
      }
      for (const [, path = ""] of content.matchAll(
        /npx mocha (test\S+\.ts)/g,
      )) {
        assert.ok(existsSync(join(checkout, path)), `${file} names ${path}`);
      }
    }
  });

  for (const file of documents) {
    it(`has no table that is too wide for a terminal: ${file}`, () => {
      const tooWide = text(file)
        .split("\n")
        .filter((line) => /^\s*\|/.test(line) && line.length > tableWidth);
      assert.deepEqual(tooWide, []);
    });

    it(`leads only to files and headings that are there: ${file}`, () => {
      const links = text(file).matchAll(
        /\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g,
      );
      for (const [link, path = "", anchor] of links) {
        const target = path === "" ? file : join(dirname(file), path);
        assert.ok(existsSync(join(checkout, target)), link);
        if (anchor !== undefined) {
          assert.ok(anchorsIn(target).includes(anchor), link);
        }
      }
    });
  }
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ConfigError,
  parseConfig,
  type RawConfig,
} from "../../../infra/config";
import { readRawConfigFromFiles } from "../../../infra/config/from-files";
import { withPlaces } from "../../../infra/config/places";

const project = `name: acme
config:
  bastionAccountId: { type: string, default: "111111111111" }
  region: { type: string, default: "" }
  acme:roles:
    Analyst:
      managedPolicies:
        - SecurityAudit
        - SecurityAudi
  accounts:
    type: object
    default:
      dev:
        id: "222222222222"
      prod: { id: 5 }
`;

const stackFile = `# Ada's.
config:
  acme:stack: bastion
  other:teams: { a: b }
  acme:teams:
    operations: &operations
      grants:
        - roles: [ReadOnly]
          accounts: [dev]
    again: *operations
  acme:users:
    ada:
      teams:
        [operations,
         operatoins]
    a.b: { teams: [nowhere] }
    a:
      tags: 7
      pgpKeys:
`;

describe("a problem of the config", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "places "));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (ofProject: string, ofStack: string) => {
    writeFileSync(join(folder, "Pulumi.yaml"), ofProject);
    writeFileSync(join(folder, "Pulumi.some.yaml"), ofStack);
  };
  const placesOf = (raw: RawConfig): readonly string[] => {
    try {
      withPlaces({ folder, stack: "some", ...raw }, () => parseConfig(raw));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.problems.map(
        ({ path, place }) => `${path} at ${place ?? "?"}`,
      );
    }
    return [];
  };
  const read = (ofProject: string, ofStack: string) => {
    write(ofProject, ofStack);
    return readRawConfigFromFiles(folder, "some");
  };

  it("says file and line, in the order of the files: the project's, then the stack's", () => {
    assert.deepEqual(placesOf(read(project, stackFile)), [
      "roles.Analyst.managedPolicies[1] at Pulumi.yaml:9",
      "accounts.prod.id at Pulumi.yaml:15",
      "users.ada.teams[1] at Pulumi.some.yaml:15",
      "users.a.b.teams[0] at Pulumi.some.yaml:16",
      "users.a at Pulumi.some.yaml:17",
      "users.a.tags at Pulumi.some.yaml:18",
      "users.a.pgpKeys at Pulumi.some.yaml:19",
    ]);
  });

  it("shows it in the message, below the key", () => {
    const raw = read(project, stackFile);
    assert.throws(
      () =>
        withPlaces({ folder, stack: "some", ...raw }, () => parseConfig(raw)),
      /\n {2}users\.ada\.teams\[1\]\n {4}at: {7}Pulumi\.some\.yaml:15\n {4}found: /,
    );
  });

  it("stands in the stack's file where that has the key, and the project's default has it too", () => {
    assert.deepEqual(
      placesOf(
        read(
          project,
          `config:
  acme:stack: bastion
  acme:accounts: { dev: { id: "222222222222" } }
  acme:roles: { Analyst: { managedPolicies: [SecurityAudi] } }`,
        ),
      ),
      ["roles.Analyst.managedPolicies[0] at Pulumi.some.yaml:4"],
    );
  });

  it("has no line where a key is missing in both, and comes first", () => {
    assert.deepEqual(
      placesOf(
        read(
          "name: acme\nconfig: { bastionAccountId: { type: string } }",
          "config:\n  acme:stack: bastion\n  acme:colour: red",
        ),
      ),
      ["bastionAccountId at ?", "colour at Pulumi.some.yaml:3"],
    );
  });

  it("stands at what is there of a path whose end is missing", () => {
    assert.deepEqual(
      placesOf(
        read(
          "name: acme",
          `config:
  acme:stack: bastion
  acme:bastionAccountId: "111111111111"
  acme:pipeline:
    branch: main`,
        ),
      ),
      ["pipeline.repository at Pulumi.some.yaml:4"],
    );
  });

  it("stands where an alias leads to", () => {
    assert.deepEqual(
      placesOf(
        read(
          project.replace("SecurityAudi\n", "SecurityAudit2\n"),
          stackFile.replace("accounts: [dev]", "accounts: [test]"),
        ),
      ).filter((place) => place.startsWith("teams")),
      [
        "teams.operations.grants[0].accounts[0] at Pulumi.some.yaml:9",
        "teams.again.grants[0].accounts[0] at Pulumi.some.yaml:9",
      ],
    );
  });

  it("has no line where the config was read from something else than the file", () => {
    const { values, secretKeys } = read(project, stackFile);
    const users = '{"ada":{"teams":["nowhere"]}}';
    const places = placesOf({ values: { ...values, users }, secretKeys });
    assert.deepEqual(
      places.filter((place) => place.startsWith("users")),
      ["users.ada.teams[0] at ?"],
    );
  });

  it("has its line beside encrypted values, and numbers that Pulumi reads otherwise", () => {
    write(
      "name: acme",
      `config:
  acme:stack: bastion
  acme:bastionAccountId: "111111111111"
  acme:accounts: { dev: { id: 033333333333 } }
  acme:users:
    ada: { pgpKey: { secure: c2VjcmV0 } }
    bashir: { teams: [nowhere] }`,
    );
    const values = {
      stack: "bastion",
      bastionAccountId: "111111111111",
      accounts: '{"dev":{"id":3.3333333333e10}}',
      users: '{"ada":{"pgpKey":"keybase:ada"},"bashir":{"teams":["nowhere"]}}',
    };
    assert.deepEqual(placesOf({ values, secretKeys: new Set() }), [
      "accounts.dev.id at Pulumi.some.yaml:4",
      "users.bashir.teams[0] at Pulumi.some.yaml:7",
    ]);
  });

  it("has no line where there is no file to read", () => {
    const elsewhere = { folder: join(folder, "nowhere"), stack: "some" };
    const raw = { values: { stack: "neither" }, secretKeys: new Set<string>() };
    assert.throws(
      () => withPlaces({ ...elsewhere, ...raw }, () => parseConfig(raw)),
      (error: ConfigError) => error.problems[0]?.place === undefined,
    );
  });
});

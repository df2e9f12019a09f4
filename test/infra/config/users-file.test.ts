import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placesInConfig } from "../../../commands/verify/config-lines";
import { ConfigError, parseConfig } from "../../../infra/config";
import { readRawConfigFromFiles } from "../../../infra/config/from-files";
import { withPlaces } from "../../../infra/config/places";

const project = `name: acme
config:
  bastionAccountId: { type: string, default: "111111111111" }
  users: { type: object, default: {} }
  accounts:
    type: object
    default:
      dev:
        id: "222222222222"
`;

const stackFile = (more = "") => `config:
  acme:stack: bastion
  acme:usersFile: people.yaml
  acme:teams: { operations: { grants: [{ roles: [OpsSudo], accounts: all }] } }
${more}`;

describe("a file of users", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "users "));
    writeFileSync(join(folder, "Pulumi.yaml"), project);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text);
  };
  const read = (people: string, ofStack = stackFile()) => {
    write("people.yaml", people);
    write("Pulumi.bastion.yaml", ofStack);
    const raw = readRawConfigFromFiles(folder, "bastion");
    return withPlaces({ folder, stack: "bastion", ...raw }, () =>
      parseConfig(raw),
    );
  };
  const problemsOf = (people: string, ofStack?: string) => {
    try {
      read(people, ofStack);
    } catch (error) {
      assert.ok(error instanceof ConfigError, String(error));
      return error.problems.map(({ path, place = "", found }) =>
        [path, place, found].join(" | "),
      );
    }
    return [];
  };
  const namesOf = (people: string, ofStack?: string) => {
    const config = read(people, ofStack);
    assert.equal(config.stack, "bastion");
    return config.users.map(({ name }) => name).toSorted();
  };

  it("has users beside those of the stack's file", () => {
    const people = "ada:\nbashir: { teams: [operations] }\n";
    assert.deepEqual(namesOf(people), ["ada", "bashir"]);
    assert.deepEqual(namesOf(people, stackFile("  acme:users: { chen: }")), [
      "ada",
      "bashir",
      "chen",
    ]);
  });

  it("has more users than Pulumi hands to a program", () => {
    const people = Array.from(
      { length: 5_000 },
      (_, index) => `user-${index}: { teams: [operations] }\n`,
    ).join("");
    assert.equal(namesOf(people).length, 5_000);
  });

  it("names its own lines where a user is wrong", () => {
    assert.deepEqual(problemsOf("ada:\nbashir:\n  teams: [operatoins]\n"), [
      'users.bashir.teams[0] | people.yaml:3 | "operatoins"',
    ]);
    read("ada:\nbashir:\n");
    assert.deepEqual(
      placesInConfig(
        folder,
        "bastion",
      )({
        account: { id: "111111111111", name: "bastion" },
        subject: "arn:aws:iam::111111111111:user/bashir",
      }),
      { file: "people.yaml", line: 2 },
    );
  });

  it("has no user that the stack's file has too", () => {
    assert.deepEqual(
      problemsOf("ada:\nchen:\n", stackFile("  acme:users: { chen: }")),
      ["users.chen |  | the user here and in people.yaml"],
    );
  });

  it("is a map", () => {
    for (const people of ["- ada\n", "ada\n", ""]) {
      assert.deepEqual(problemsOf(people), [
        "usersFile |  | people.yaml, which is no map",
      ]);
    }
    assert.match(problemsOf("ada: [\n").join(""), /^usersFile \| {2}\| people/);
  });

  it("is a plain file beside the project's", () => {
    symlinkSync("/etc/hostname", join(folder, "link.yaml"));
    for (const file of [
      "../people.yaml",
      "/etc/people.yaml",
      "nobody.yaml",
      "link.yaml",
      ".hidden.yaml",
      "people",
    ]) {
      const other = stackFile().replace("people.yaml", file);
      assert.match(problemsOf("ada:\n", other).join(""), /^usersFile /, file);
    }
  });
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBastionConfig } from "../../../commands/bastion-config";
import { runClientConfig } from "../../../commands/client-config/run";
import { ConfigError } from "../../../infra/config";

const planted = "cGxhbnRlZC04ZjNhNjFjMmQ5";
/** By its form a secret key of AWS's. */
const secretKey = `${planted}+Ab/0123456789`.slice(0, 40).padEnd(40, "z");
const privateKey = `-----BEGIN PGP PRIVATE KEY BLOCK-----\\n\\n${planted}\\n-----END PGP PRIVATE KEY BLOCK-----`;

describe("a secret in a stack file, where it does not belong,", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "planted "));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      'name: acme\nconfig:\n  bastionAccountId: "111111111111"\n  accounts: { dev: { id: "222222222222" } }\n',
    );
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [what, entry] of [
    ["a private PGP key", `{ ada: { pgpKey: "${privateKey}" } }`],
    ["a private PGP key, encoded", `{ ada: { pgpKey: "lQ${planted}" } }`],
    ["an encrypted value", `{ ada: { pgpKey: { secure: ${planted} } } }`],
    ["encrypted users", `{ secure: ${planted} }`],
    ["an encrypted tag", `{ ada: { tags: { x: { secure: ${planted} } } } }`],
    ["a password", `{ ada: { password: ${planted} } }`],
    ["a password for a key", `{ ada: { pgpKey: "${planted}" } }`],
    ["a password that begins as a tag", `{ ada: { password: !${planted} } }`],
    ["a password that begins as an alias", `{ ada: { pgpKey: *${planted} } }`],
    [
      "a password that begins as a text of lines",
      `\n    ada:\n      pgpKey: |${planted}\n`,
    ],
    ["a token in a tag", `{ ada: { tags: [eyJ${planted}.eyJ${planted}.x] } }`],
    [
      "a session token in a name",
      `{ "IQoJ${planted.repeat(4)}=": { teams: [] } }`,
    ],
    ["a secret key for a team", `{ ada: { teams: [${secretKey}] } }`],
    ["a list of codes", `{ ada: { mfaCodes: [${planted}, "${planted}"] } }`],
    [
      "a private PGP key of its full length, encoded",
      `{ ada: { pgpKey: "lQ${planted.repeat(20)}" } }`,
    ],
    [
      "a private PGP key in a block, encoded",
      `{ ada: { pgpKey: "${Buffer.from(`-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n12${planted}${planted}`).toString("base64")}" } }`,
    ],
  ] as const) {
    it(`is refused and not repeated, by program or command: ${what}`, async () => {
      writeFileSync(
        join(folder, "Pulumi.bastion.yaml"),
        `config:\n  acme:stack: bastion\n  acme:users: ${entry}\n`,
      );
      let error: unknown;
      try {
        readBastionConfig({ folder, stack: "bastion" });
      } catch (caught) {
        error = caught;
      }
      assert.ok(error instanceof ConfigError);
      let said = "";
      const say = (text: string) => (said += text);
      const code = await runClientConfig(["ada", "--print"], {
        project: folder,
        folder,
        environment: {},
        say,
        complain: say,
      });
      assert.equal(code, 1);
      for (const text of [error.message, error.stack ?? "", said]) {
        // A part is enough: what is long is cut.
        const part = planted.slice(0, 12);
        assert.ok(text !== "" && !text.includes(part), text);
      }
    });
  }
});

import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { noTerminal, onTerminal } from "../../run/terminal";
import type { Client } from "./client";
import { clients } from "./clients";
import { DeployedStacks } from "./deployed";
import { titleOf, type Program } from "./find";

const profile = "dev-readonly";
const bastionUser = "arn:aws:iam::111111111111:user/ada";
const role = "arn:aws:iam::222222222222:role/ReadOnly";
const session = "arn:aws:sts::222222222222:assumed-role/ReadOnly/ada";

const furtherSession = "arn:aws:sts::033333333333:assumed-role/PowerUser/ada";

/** As AWS says it. */
const withoutMfa = `User: ${bastionUser} is not authorized to perform: sts:AssumeRole on resource: ${role}`;
const wrongCode =
  "MultiFactorAuthentication failed with invalid MFA one time pass code";

/** What stands on a screen, without colours and however it was broken into lines. */
const words = (screen: string): string =>
  stripVTControlCharacters(screen).replaceAll(/\s+/g, " ");

/** The clients ask there for codes. */
const whyNoTerminal = noTerminal();

describe("people's clients", () => {
  let deployed: DeployedStacks;

  before(async () => {
    deployed = await DeployedStacks.start();
  });

  after(async () => {
    await deployed.close();
  });

  const shows = async (
    client: Client,
    program: Program,
    { mfa, code }: { readonly mfa: boolean; readonly code: () => string },
  ) => {
    deployed.forgetSessions();
    deployed.keepKeyIn(client.key);
    deployed.useProfiles({ mfa, mfaLogin: client.mfaLogin });
    const shown = await onTerminal(
      client.command(program, profile),
      client.prompt,
      code,
      { ...deployed.environment(), ...client.environment },
    );
    return { ...shown, words: words(shown.screen) };
  };
  const nextCode = () => deployed.nextCode();

  for (const client of clients) {
    const found =
      whyNoTerminal === undefined ? client.find() : { missing: whyNoTerminal };
    const title = titleOf(client.name, found);
    if ("missing" in found) {
      describe.skip(title, () => {
        it("gets in with MFA, and not without");
      });
      continue;
    }
    describe(title, () => {
      it("gets in with an MFA code, by a profile that client-config has made", async () => {
        const shown = await shows(client, found, { mfa: true, code: nextCode });
        assert.ok(shown.words.includes(session), shown.screen);
        assert.equal(shown.asked, 1);
        assert.equal(shown.code, 0);
      });

      if (client.next) {
        const next = client.next(found, "prod-poweruser");
        it("takes a further role with the same code", async () => {
          await shows(client, found, { mfa: true, code: nextCode });
          const shown = await onTerminal(next, client.prompt, nextCode, {
            ...deployed.environment(),
            ...client.environment,
          });
          assert.ok(words(shown.screen).includes(furtherSession), shown.screen);
          assert.equal(shown.asked, 0, shown.screen);
        });
      }

      it("is told by AWS that a code is wrong", async () => {
        const shown = await shows(client, found, {
          mfa: true,
          code: () => "000000",
        });
        assert.ok(shown.words.includes(wrongCode), shown.screen);
        assert.ok(!shown.words.includes(session), shown.screen);
        assert.notEqual(shown.code, 0);
      });

      if (client.alwaysAsks) return;
      it("is kept out without MFA, in AWS's words", async () => {
        const shown = await shows(client, found, {
          mfa: false,
          code: nextCode,
        });
        assert.equal(shown.asked, 0, shown.screen);
        assert.ok(shown.words.includes(withoutMfa), shown.screen);
        assert.ok(!shown.words.includes(session), shown.screen);
        assert.notEqual(shown.code, 0);
      });
    });
  }
});

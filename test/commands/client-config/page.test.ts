import assert from "node:assert/strict";
import fc from "fast-check";
import { htmlOf, markdownOf } from "../../../commands/client-config/page/html";
import { newcomersPage } from "../../../commands/client-config/page/newcomer";
import {
  blocks,
  code,
  codeBlock,
  link,
  list,
  commonmark as written,
  steps,
  table,
} from "../../../commands/formats/markdown";
import {
  clientSetUp,
  type ClientChoices,
} from "../../../infra/profiles/profiles";
import { clientSection, sectionText } from "../../../infra/profiles/section";
import { acme, userOf } from "./acme";

const page = (user: string, more = "", choices: ClientChoices = {}) => {
  const config = acme(more);
  return newcomersPage(config, userOf(config, user), choices);
};
const markdown = (user: string, more = "", choices: ClientChoices = {}) =>
  markdownOf(page(user, more, choices));

describe("a newcomer's page", () => {
  it("tells where and as whom to sign in, and the first password's way, but no password", () => {
    const text = markdown("ada");
    assert.match(
      text,
      /<https:\/\/acme-bastion\.signin\.aws\.amazon\.com\/console>/,
    );
    assert.match(text, /IAM user name: `ada`/);
    assert.match(text, /administers the bastion gives it to you/);
    assert.match(text, /at least 14 characters/);
    assert.match(text, /expires after 90 days/);
    assert.doesNotMatch(
      markdown("ada", "passwordPolicy: { maxAgeDays: 0 }"),
      /expires/,
    );
  });

  it("says how to read an encrypted first password", () => {
    const config = acme();
    const withKey = (pgpKey: string) =>
      markdownOf(newcomersPage(config, { ...userOf(config, "ada"), pgpKey }));
    assert.match(withKey("keybase:ada"), /`base64 -d \| keybase pgp decrypt`/);
    assert.match(withKey("A".repeat(64)), /`base64 -d \| gpg --decrypt`/);
    assert.doesNotMatch(withKey("A".repeat(64)), /AAAA/);
  });

  it("names the MFA device as the profiles do, and says to sign in again", () => {
    const text = markdown("ada");
    assert.match(text, /Device name: `ada`, exactly so/);
    assert.match(text, /\*\*Sign out, and in again\*\*/);
  });

  it("has a role-switch link for each role, and none for another", () => {
    const links = (user: string) =>
      [
        ...markdown(user).matchAll(/switchrole\?account=(\d+)&roleName=(\w+)/g),
      ].map(([, account, role]) => `${account} ${role}`);
    assert.deepEqual(links("ada"), [
      "222222222222 PowerUser",
      "222222222222 OpsSudo",
      "222222222222 ReadOnly",
      "033333333333 OpsSudo",
      "033333333333 ReadOnly",
    ]);
    assert.deepEqual(links("bashir"), [
      "222222222222 ReadOnly",
      "033333333333 ReadOnly",
    ]);
    assert.deepEqual(links("eve"), []);
  });

  it("has the profiles as they are written, for who may have an access key", () => {
    const config = acme();
    const section = sectionText(
      clientSection(clientSetUp(config, userOf(config, "ada"))),
    );
    assert.ok(markdown("ada").includes(`\`\`\`\n${section}\`\`\`\n`));
    assert.match(markdown("ada"), /aws-vault exec dev-poweruser/);
    assert.match(markdown("ada"), /aws-vault exec --no-session dev-opssudo/);
    assert.doesNotMatch(markdown("bashir"), /--no-session dev/);
    assert.doesNotMatch(markdown("dolores"), /\[profile|access.key|aws-vault/i);
  });

  it("says how fresh MFA has to be: for devices and keys, for a role, and for any", () => {
    const text = markdown("ada");
    assert.match(text, /changed with MFA given within 1 hour\./);
    assert.match(text, /OpsSudo\]\(.*\) \(MFA within 1 hour\) \|/);
    assert.match(text, /OpsSudo asks for MFA given within 1 hour/);
    assert.match(text, /A session of more than 12 hours is of no use/);
    assert.doesNotMatch(markdown("bashir"), /asks for MFA given|MFA within/);
    assert.match(
      markdown("bashir", "roles: { ReadOnly: { mfaMaxAgeSeconds: 28800 } }"),
      /ReadOnly asks for MFA given within 8 hours/,
    );
    assert.doesNotMatch(
      markdown("bashir", "roles: { ReadOnly: { mfaMaxAgeSeconds: none } }"),
      /is of no use|MFA within/,
    );
    assert.match(
      markdown("ada", "selfService: { mfaMaxAgeSeconds: 900 }"),
      /changed with MFA given within 15 minutes\./,
    );
  });

  it("warns of sessions that cost a code each, where there are any", () => {
    const cost = /Sessions of more than an hour cost .*`prod-readonly`/;
    const long = "roles: { ReadOnly: { maxSessionSeconds: 7200 } }";
    assert.match(markdown("bashir", long), cost);
    assert.doesNotMatch(markdown("bashir"), cost);
  });

  it("has two ways to one code for all roles without aws-vault", () => {
    const text = markdown("ada");
    assert.match(
      text,
      /`aws configure mfa-login --profile bastion --update-profile bastion_mfa`/,
    );
    assert.match(text, /`npm run client-config -- ada --mfa-login`/);
    assert.match(text, /`awsume dev-poweruser`/);
    assert.doesNotMatch(markdown("dolores"), /awsume|mfa-login/);
  });

  it("is for the AWS CLI alone where its profiles are", () => {
    const text = markdown("ada", "", { mfaLogin: true });
    assert.match(text, /```\naws configure --profile bastion\n```/);
    assert.match(text, /^source_profile = bastion_mfa$/m);
    assert.match(text, /aws --profile dev-poweruser sts get-caller-identity/);
    assert.doesNotMatch(text, /aws-vault|awsume/);
  });

  it("says why a client that makes up its own session name is denied, and what to set", () => {
    for (const choices of [{}, { mfaLogin: true }]) {
      assert.match(
        markdown("ada", "", choices),
        /makes up a name for its session.* is denied: each role opens for the session name `ada` alone/,
      );
    }
  });

  it("tells of a token what is not a phone's", () => {
    const text = markdown("ada", "", { hardwareToken: "GAHT12345678" });
    assert.match(text, /## Add your token as MFA device/);
    assert.match(
      text,
      /\*\*Hardware TOTP token\*\*\. Give its serial number, `GAHT12345678`/,
    );
    assert.match(
      text,
      /^aws iam deactivate-mfa-device --user-name ada --serial-number GAHT12345678$/m,
    );
    assert.doesNotMatch(text, /phone|delete-virtual|Authenticator app/i);
    const together = markdown("eve", "", { hardwareToken: "GAHT12345678" });
    assert.match(together, /your token, by its serial number `GAHT12345678`/);
    assert.match(markdown("ada"), /## Add your phone as MFA device/);
  });

  it("sends a user without console access to the administrator", () => {
    const text = markdown("eve");
    assert.match(text, /together with you/);
    assert.doesNotMatch(
      text,
      /console\/?>|Sign in for the first time|login-profile/,
    );
  });

  it("says what to do with a lost phone, and what its administrator runs", () => {
    const text = markdown("ada");
    assert.match(text, /## Your phone is lost/);
    assert.match(
      text,
      /^aws iam deactivate-mfa-device --user-name ada --serial-number arn:aws:iam::111111111111:mfa\/ada$/m,
    );
  });

  it("sends a user whom the help desk may help to its team, and nobody else", () => {
    const more = "helpDesk: { team: operations }";
    const helped = markdown("bashir", more);
    assert.match(
      helped,
      /the help desk of the team operations gives it to you/,
    );
    assert.match(helped, /tell the help desk of the team operations at once/);
    assert.match(helped, /in the role `HelpDesk` of the bastion:/);
    for (const other of [markdown("ada", more), markdown("bashir")]) {
      assert.match(other, /tell whoever administers the bastion at once/);
      assert.doesNotMatch(other, /help desk|in the role `HelpDesk`/);
    }
  });

  it("is of the partition: its hosts and ARNs, and no other's", () => {
    const text = htmlOf(page("ada", "partition: aws-cn"));
    assert.match(text, /https:\/\/acme-bastion\.signin\.amazonaws\.cn\//);
    assert.doesNotMatch(text, /signin\.aws\.amazon\.com|arn:aws:/);
  });

  it("loads nothing and runs nothing", () => {
    const html = htmlOf(page("ada"));
    assert.doesNotMatch(html, /<(script|link|img|iframe|object|embed|base)\b/i);
    assert.doesNotMatch(html, /\bsrc=|url\(|@import|\son\w+=/i);
    assert.match(html, /default-src 'none'/);
    assert.match(html, /name="viewport" content="width=device-width/);
  });
});

describe("any text in a page", () => {
  const nasty = fc.string({
    unit: fc.constantFrom(..."<>&\"'`*_[]()|\\!#~-ab \n".split("")),
    maxLength: 30,
  });

  it("is text in HTML: it opens no tag, and ends no attribute", () => {
    const parts = (text: string, target: string) =>
      blocks(
        written`## x${text}`,
        written`x${text}x, ${code(`x${text}x`)}, ${link(`https://${target}`, `x${text}x`)}`,
        steps(written`${text}`),
        list(written`x${text}`),
        table(["x"], [[written`x${text}x`, code(`x${text}x`)]]),
      );
    const html = (text: string, target: string) =>
      htmlOf({ title: `x${text}`, body: parts(text, target) });
    const marks = (text: string) => text.replace(/[^<>"]/g, "");
    fc.assert(
      fc.property(nasty, nasty, (text, target) => {
        assert.equal(marks(html(text, target)), marks(html("", "")));
      }),
    );
  });

  it("is in code just what it is", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const html = htmlOf({ title: "", body: codeBlock(`x${text}x`) });
        const [, shown = ""] = /<pre><code>([^<]*)</.exec(html) ?? [];
        const read = shown
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&#39;", "'")
          .replaceAll("&amp;", "&");
        assert.equal(read, `x${text}x\n`);
      }),
    );
  });

  it("makes no link of what is not https, nor of an address in a name", () => {
    for (const part of [
      link("javascript:alert(1)", "x"),
      ...["www.example.com", "ada@example.com", "https://example.com"].map(
        (name) => written`${name}`,
      ),
    ]) {
      assert.doesNotMatch(
        htmlOf({ title: "", body: part }),
        /javascript|<a /,
        part.text,
      );
      assert.doesNotMatch(part.text, /www\.|[^\\][@:]/);
    }
  });

  it("is text in Markdown: every mark is escaped, and no line is broken", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { text: line } = written`x${text}x`;
        const bare = line.replace(/\\./g, "");
        assert.doesNotMatch(bare, /[`*_[\]<>#|~!&\\\n]/);
        assert.equal(
          line.replace(/\\(.)/g, "$1"),
          `x${text.replace(/\s+/g, " ")}x`,
        );
      }),
    );
  });

  it("is code in Markdown, whatever backticks it has", () => {
    const body = blocks(codeBlock("a\n````\nb"), code("a``b`"));
    assert.equal(
      markdownOf({ title: "t", body }),
      "# t\n\n`````\na\n````\nb\n`````\n\n``` a``b` ```\n",
    );
  });
});

import assert from "node:assert/strict";
import type { BastionConfig } from "../../../infra/config";
import {
  clientSetUp,
  type ClientChoices,
} from "../../../infra/profiles/profiles";
import {
  clientSection,
  clientSections,
  duration,
  sectionText,
} from "../../../infra/profiles/section";
import { bastionConfig } from "../config-of";
import { acme, userOf } from "../../commands/client-config/acme";

const setUp = (
  config: BastionConfig,
  name: string,
  choices: ClientChoices = {},
) => clientSetUp(config, userOf(config, name), choices);

const text = (
  config: BastionConfig,
  name: string,
  choices: ClientChoices = {},
): string => sectionText(clientSection(setUp(config, name, choices)));

const durations = (config: BastionConfig, choices: ClientChoices = {}) =>
  Object.fromEntries(
    setUp(config, "ada", choices).profiles.map((profile) => [
      profile.name,
      profile.durationSeconds,
    ]),
  );

describe("a user's profiles", () => {
  it("are one per role and account that the config grants, easy to type, in the order of the config", () => {
    const names = (user: string) =>
      setUp(acme(), user).profiles.map(({ name }) => name);
    assert.deepEqual(names("ada"), [
      "dev-poweruser",
      "dev-opssudo",
      "dev-readonly",
      "prod-opssudo",
      "prod-readonly",
    ]);
    assert.deepEqual(names("bashir"), ["dev-readonly", "prod-readonly"]);
  });

  it("say what the roles' trust policies ask for, and nothing that is secret", () => {
    const section = text(acme(), "bashir");
    assert.ok(
      section.includes(`[profile prod-readonly]
role_arn = arn:aws:iam::033333333333:role/ReadOnly
source_profile = bastion
mfa_serial = arn:aws:iam::111111111111:mfa/bashir
role_session_name = bashir
duration_seconds = 3600
region = us-east-1
`),
      section,
    );
    assert.doesNotMatch(section, /aws_(access|secret|session)/i);
  });

  it("name one device in the base profile and in every role's, or aws-vault asks once for each role", () => {
    const serials = text(acme(), "ada").match(/^mfa_serial = .*$/gm) ?? [];
    assert.equal(serials.length, 6);
    assert.deepEqual(new Set(serials).size, 1);
  });

  it("tell of a role that a session of the usual 12 hours outlives, and of no other", () => {
    const hints = (more = "") =>
      text(acme(more), "ada").match(/^# (Asks|aws-vault exec).*$/gm) ?? [];
    const hint = (profile: string, age: string) => [
      `# Asks for MFA given within ${age}. Refused with an older session?`,
      `# aws-vault exec --no-session ${profile}`,
    ];
    assert.deepEqual(hints(), [
      ...hint("dev-opssudo", "1 hour"),
      ...hint("prod-opssudo", "1 hour"),
    ]);
    assert.deepEqual(
      hints("roles: { PowerUser: { mfaMaxAgeSeconds: 14400 } }").slice(0, 2),
      hint("dev-poweruser", "4 hours"),
    );
  });

  it("follow the partition and the region", () => {
    const section = text(acme("partition: aws-cn"), "bashir");
    assert.match(section, /^role_arn = arn:aws-cn:iam::222222222222:/m);
    assert.match(section, /^mfa_serial = arn:aws-cn:iam::111111111111:/m);
    assert.equal(section.match(/^region = cn-north-1$/gm)?.length, 3);
    assert.match(
      text(acme("region: eu-central-1"), "bashir"),
      /^region = eu-central-1$/m,
    );
  });

  it("take a device by its name or its ARN, and none of another account", () => {
    for (const mfaDevice of ["phone", "arn:aws:iam::111111111111:mfa/phone"]) {
      assert.equal(
        setUp(acme(), "ada", { mfaDevice }).device.serial,
        "arn:aws:iam::111111111111:mfa/phone",
      );
    }
    for (const mfaDevice of [
      "arn:aws:iam::222222222222:mfa/phone",
      "arn:aws:iam::111111111111:u2f/user/ada/key",
      "a phone",
      "phone\n[profile evil]",
      "",
    ]) {
      assert.throws(
        () => setUp(acme(), "ada", { mfaDevice }),
        /is no MFA device of the bastion/,
      );
    }
  });

  it("take a hardware token by its serial number, as it is", () => {
    for (const choices of [
      { mfaDevice: "GAHT12345678" },
      { hardwareToken: "GAHT12345678" },
    ]) {
      const section = text(acme(), "ada", choices);
      const serials = section.match(/^mfa_serial = .*$/gm) ?? [];
      assert.equal(serials.length, 6);
      assert.deepEqual([...new Set(serials)], ["mfa_serial = GAHT12345678"]);
    }
    assert.equal(
      setUp(acme(), "ada", { hardwareToken: "2308720451623" }).device.serial,
      "2308720451623",
    );
    // A virtual device may be called so as well.
    assert.equal(
      setUp(acme(), "ada", {
        mfaDevice: "arn:aws:iam::111111111111:mfa/GAHT12345678",
      }).device.kind,
      "virtual",
    );
    for (const hardwareToken of [
      "",
      "GAHT1234",
      "arn:aws:iam::111111111111:mfa/ada",
      "GAHT12345678\n[profile evil]",
    ]) {
      assert.throws(
        () => setUp(acme(), "ada", { hardwareToken }),
        /is no serial number of a hardware token/,
      );
    }
  });

  it("ask for no code where aws configure mfa-login opens their session, and last an hour at most", () => {
    const config = acme("roles: { PowerUser: { maxSessionSeconds: 14400 } }");
    const section = text(config, "ada", { mfaLogin: true });
    const roles = section.split(/^(?=\[profile )/m).slice(2);
    assert.equal(roles.length, 5);
    for (const role of roles) {
      assert.match(role, /^source_profile = bastion_mfa$/m);
      assert.doesNotMatch(role, /^mfa_serial/m);
      assert.match(role, /^duration_seconds = 3600$/m);
    }
    assert.doesNotMatch(section, /aws-vault|costs an MFA code/);
    assert.match(
      section,
      /^# aws configure mfa-login --profile bastion --update-profile bastion_mfa$/m,
    );
    assert.match(
      section,
      /^# Made by: npm run client-config -- ada --mfa-login$/m,
    );
    assert.throws(
      () => text(config, "ada", { mfaLogin: true, sessionSeconds: 7_200 }),
      /From the session of aws configure mfa-login none lasts longer than 3600/,
    );
  });

  it("last an hour; longer where config or the person asks, with what it costs said", () => {
    const config = acme("roles: { PowerUser: { maxSessionSeconds: 14400 } }");
    assert.deepEqual(
      new Set(Object.values(durations(acme()))),
      new Set([3600]),
    );
    assert.equal(durations(config)["dev-poweruser"], 14_400);
    assert.equal(durations(config)["dev-readonly"], 3_600);
    assert.equal(
      durations(config, { sessionSeconds: 900 })["dev-opssudo"],
      900,
    );

    const cost = /costs an MFA code for this profile alone/g;
    assert.equal(text(acme(), "ada").match(cost), null);
    assert.equal(text(config, "ada").match(cost)?.length, 1);
    assert.equal(
      text(config, "ada", { sessionSeconds: 3_600 }).match(cost),
      null,
    );
  });

  it("are not made for longer than any of the roles allows, and the reason is said", () => {
    const config = acme("roles: { PowerUser: { maxSessionSeconds: 14400 } }");
    assert.throws(() => durations(config, { sessionSeconds: 7_200 }), {
      name: "SetUpError",
      message:
        "ada's sessions of 7200 seconds would be longer than AWS opens for OpsSudo, ReadOnly. A role's sessions " +
        "last as long as its maxSessionSeconds in the config, an hour unless it says more. Fix: give " +
        "--session-seconds 3600 at most, or leave it out, and each profile has what its role allows.",
    });
    const all =
      "roles: { ReadOnly: { maxSessionSeconds: 7200 }, OpsSudo: { maxSessionSeconds: 7200 }, " +
      "PowerUser: { maxSessionSeconds: 14400 } }";
    assert.deepEqual(
      new Set(Object.values(durations(acme(all), { sessionSeconds: 7_200 }))),
      new Set([7_200]),
    );
  });

  it("never share a name, and none has a character that a client can't read", () => {
    const config = bastionConfig(`
bastionAccountId: "111111111111"
accounts: { a: { id: "222222222222" }, a-b: { id: "333333333333" } }
roles:
  b-C: { managedPolicies: [ReadOnlyAccess] }
  c: { managedPolicies: [ReadOnlyAccess] }
  "d=e,f": { managedPolicies: [ReadOnlyAccess] }
  "x=y": { managedPolicies: [ReadOnlyAccess] }
  "x,y": { managedPolicies: [ReadOnlyAccess] }
everybody:
  - { roles: [b-C, c, "d=e,f"], accounts: all }
  - { roles: ["x=y", "x,y"], accounts: [a] }
users: { ada: {} }
`);
    const names = setUp(config, "ada").profiles.map(({ name }) => name);
    assert.deepEqual(names, [
      "a/b-C",
      "a-c",
      "a-d-e-f",
      "a/x/e/y",
      "a/x/c/y",
      "a-b-b-c",
      "a-b/c",
      "a-b-d-e-f",
    ]);
  });

  it("are not for a user without programmatic access, who is told so", () => {
    assert.throws(
      () => setUp(acme(), "dolores"),
      /dolores works in the console alone .* nothing to configure/,
    );
  });
});

describe("the stack's output clientConfig", () => {
  it("has the very text of the command, for each user who may have an access key", () => {
    const outputs = clientSections(acme());
    assert.deepEqual(Object.keys(outputs), ["ada", "bashir", "eve"]);
    assert.equal(outputs["ada"], text(acme(), "ada"));
  });

  it("names the command instead where the texts would fill the state", () => {
    const accounts = Array.from(
      { length: 1_000 },
      (_, index) => `  account-${index}: { id: "${300_000_000_000 + index}" }`,
    );
    const config = bastionConfig(
      `
bastionAccountId: "111111111111"
accounts:
${accounts.join("\n")}
everybody: [{ roles: [ReadOnly], accounts: all }]
users: { ada: {}, bashir: {}, chen: {}, dora: {}, eve: {} }
`,
    );
    const outputs = clientSections(config);
    assert.equal(
      outputs["eve"],
      "# Too long for an output: npm run client-config -- eve\n",
    );
    assert.equal(setUp(config, "eve").profiles.length, 1_000);
  });
});

it("a duration is told in its largest whole unit", () => {
  assert.deepEqual([3_600, 7_200, 1_800, 60, 90].map(duration), [
    "1 hour",
    "2 hours",
    "30 minutes",
    "1 minute",
    "90 seconds",
  ]);
});

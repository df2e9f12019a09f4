import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import type { BastionConfig } from "../../../infra/config";
import type { SandboxAws } from "../../../sandbox/aws";
import { codeFor } from "../../../sandbox/aws/totp";
import {
  administratorOf,
  clientConfig,
  Person,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { bastionConfig } from "../../infra/config-of";
import { startWithAccounts } from "../made-accounts";

const prod = "033333333333";
const hour = 3_600;
const longestSession = 36 * hour;

const configWith = (more = ""): BastionConfig =>
  bastionConfig(`
bastionAccountId: "111111111111"
accounts: { prod: { id: "${prod}" } }
teams: { operations: { grants: [{ roles: [ReadOnly, PowerUser, OpsSudo], accounts: all }] } }
users: { ada: { teams: [operations] } }
${more}`);

/** Ada's first day, up to a session of 36 hours with her MFA, which somebody has stolen. */
async function adasSession(config: BastionConfig, aws: SandboxAws) {
  const ada = new Person(aws, config.accountId, "ada");
  await ada.receivePassword(await administratorOf(aws, config.accountId));
  await ada.enrolMfa(await ada.signInFirst());
  const key = await ada.makeAccessKey(await ada.signInWithMfa());
  return { ada, key, stolen: await ada.openSession(key, longestSession) };
}

describe("a stolen session with MFA", () => {
  let aws: SandboxAws;
  let ada: Person;
  let key: ClientCredentials;
  let stolen: ClientCredentials;
  let iam: IAM;

  const start = async (config = configWith()) => {
    aws = await startWithAccounts(config);
    ({ ada, key, stolen } = await adasSession(config, aws));
    iam = new IAM(clientConfig(aws, stolen));
  };

  afterEach(() => aws.close());

  const isDenied = (attempt: Promise<unknown>, what: string) =>
    assert.rejects(attempt, { name: "AccessDenied" }, what);

  const takes = (role: string) => ada.takeRole(stolen, prod, role);

  /** A device of the thief's, whose codes the thief knows. */
  async function enrol(): Promise<void> {
    const { VirtualMFADevice: device } = await iam.createVirtualMFADevice({
      VirtualMFADeviceName: "mallory",
    });
    const seed = Buffer.from(device?.Base32StringSeed ?? []).toString();
    const at = (seconds: number) =>
      codeFor(seed, new Date(aws.clock.now().getTime() + seconds * 1_000));
    await iam.enableMFADevice({
      UserName: "ada",
      SerialNumber: device?.SerialNumber ?? "",
      AuthenticationCode1: at(0),
      AuthenticationCode2: at(30),
    });
  }

  const changes: Readonly<Record<string, () => Promise<unknown>>> = {
    "enrol a device": enrol,
    "make an access key": () => iam.createAccessKey({ UserName: "ada" }),
    "switch the owner's key off": () =>
      iam.updateAccessKey({
        UserName: "ada",
        AccessKeyId: key.accessKeyId,
        Status: "Inactive",
      }),
    "delete the owner's key": () =>
      iam.deleteAccessKey({ UserName: "ada", AccessKeyId: key.accessKeyId }),
    "take the owner's device off": () =>
      iam.deactivateMFADevice({
        UserName: "ada",
        SerialNumber: ada.mfa().serial,
      }),
    "delete a device": () =>
      iam.deleteVirtualMFADevice({ SerialNumber: ada.mfa().serial }),
  };

  it("changes no device and no key once its MFA is an hour old, and so gets no fresher session", async () => {
    await start();
    aws.clock.advance(hour);
    for (const [what, change] of Object.entries(changes)) {
      await isDenied(change(), what);
    }
    await isDenied(takes("OpsSudo"), "OpsSudo");
    const { AccessKeyMetadata } = await iam.listAccessKeys({ UserName: "ada" });
    assert.deepEqual(
      AccessKeyMetadata?.map(({ AccessKeyId, Status }) => [
        AccessKeyId,
        Status,
      ]),
      [[key.accessKeyId, "Active"]],
    );
  });

  it("changes nothing either where its user may administer the bastion by an old policy", async () => {
    await start();
    const administrator = await administratorOf(aws, "111111111111");
    await administrator.attachUserPolicy({
      UserName: "ada",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    aws.clock.advance(hour);
    const further: typeof changes = {
      "set another password": () =>
        iam.updateLoginProfile({ UserName: "ada", Password: "Mallorys-1!" }),
      "make somebody": () => iam.createUser({ UserName: "mallory" }),
      "lift the guard": () =>
        iam.deleteGroupPolicy({
          GroupName: "bastion-users",
          PolicyName: "mfa-guard",
        }),
      "leave the group": () =>
        iam.removeUserFromGroup({
          UserName: "ada",
          GroupName: "bastion-users",
        }),
    };
    for (const [what, change] of Object.entries({ ...changes, ...further })) {
      await isDenied(change(), what);
    }
  });

  it("leaves its owner able to change everything with a code given now", async () => {
    await start();
    aws.clock.advance(hour);
    stolen = await ada.openSession(key);
    iam = new IAM(clientConfig(aws, stolen));
    await enrol();
    await iam.createAccessKey({ UserName: "ada" });
    await changes["take the owner's device off"]?.();
    await changes["delete the owner's key"]?.();
  });

  it("lets its owner change the password, which takes the old one", async () => {
    await start();
    aws.clock.advance(hour);
    await assert.rejects(
      iam.changePassword({ OldPassword: "guessed", NewPassword: "New-1!aaa" }),
      /old password was incorrect/,
    );
    await iam.changePassword({
      OldPassword: "Own-password-of-ada-2?",
      NewPassword: "Another-password-3?",
    });
  });

  it("goes by the age that the config asks for", async () => {
    await start(configWith("selfService: { mfaMaxAgeSeconds: 900 }"));
    aws.clock.advance(899);
    await iam.createAccessKey({ UserName: "ada" });
    aws.clock.advance(1);
    for (const [what, change] of Object.entries(changes)) {
      await isDenied(change(), what);
    }
  });

  it("takes no role any more when its MFA is 12 hours old, though it lives for 36", async () => {
    await start();
    aws.clock.advance(12 * hour - 60);
    await takes("ReadOnly");
    await takes("PowerUser");
    aws.clock.advance(60);
    await isDenied(takes("ReadOnly"), "ReadOnly");
    await isDenied(takes("PowerUser"), "PowerUser");
  });

  it("takes roles by the age that each of them has in the config, and of any age where that is none", async () => {
    await start(
      configWith(
        "roles: { ReadOnly: { mfaMaxAgeSeconds: none }, PowerUser: { mfaMaxAgeSeconds: 7200 } }",
      ),
    );
    aws.clock.advance(2 * hour);
    await isDenied(takes("PowerUser"), "PowerUser");
    aws.clock.advance(33 * hour);
    await takes("ReadOnly");
  });
});

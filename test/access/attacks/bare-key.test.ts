import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import { STS } from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../sandbox/aws";
import { credentialsOf } from "../../../sandbox/signed-request";
import {
  administratorOf,
  clientConfig,
  Person,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { bastionConfig } from "../../infra/config-of";
import { userMay, type Mfa } from "../decide";
import { startWithAccounts } from "../made-accounts";
import { plannedUsers } from "../planned";
import { bastion } from "./found-key";

const prod = "033333333333";
const config = bastionConfig(`
bastionAccountId: "${bastion}"
accounts: { prod: { id: "${prod}" } }
everybody: [{ roles: [ReadOnly], accounts: all }]
users: { ada: {} }
`);

const everything = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

describe("a stolen access key", () => {
  let aws: SandboxAws;
  let ada: Person;
  let key: ClientCredentials;

  before(async () => {
    aws = await startWithAccounts(config);
    ada = new Person(aws, bastion, "ada");
    const administrator = await administratorOf(aws, bastion);
    await ada.receivePassword(administrator);
    await ada.enrolMfa(await ada.signInFirst());
    key = await ada.makeAccessKey(await ada.signInWithMfa());
    // As in an account that was taken over, before what is superseded is removed.
    await administrator.attachUserPolicy({
      UserName: "ada",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
  });

  after(() => aws.close());

  const iam = (by: ClientCredentials) => new IAM(clientConfig(aws, by));
  const sts = (by: ClientCredentials) => new STS(clientConfig(aws, by));

  /** What `GetSessionToken` gives to whoever has no code. */
  const sessionWithoutMfa = async () =>
    credentialsOf((await sts(key).getSessionToken({})).Credentials);

  const isRefused = (attempt: Promise<unknown>, name = "AccessDenied") =>
    assert.rejects(attempt, { name });

  it("enrols no device", async () => {
    const { serial, code } = ada.mfa();
    const codes = { AuthenticationCode1: code, AuthenticationCode2: code };
    const named = { UserName: "ada", SerialNumber: serial, ...codes };
    await isRefused(
      iam(key).createVirtualMFADevice({ VirtualMFADeviceName: "mallory" }),
    );
    await isRefused(iam(key).enableMFADevice(named));
    await isRefused(iam(key).resyncMFADevice(named));
  });

  it("takes no role", async () => {
    await isRefused(ada.takeRole(key, prod, "ReadOnly"));
    await isRefused(ada.takeRole(await sessionWithoutMfa(), prod, "ReadOnly"));
  });

  it("enrols no device in a session without MFA either, since AWS lets such a session call nothing in IAM", async () => {
    await isRefused(
      iam(await sessionWithoutMfa()).createVirtualMFADevice({
        VirtualMFADeviceName: "mallory",
      }),
      "InvalidClientTokenId",
    );
  });

  it("opens no console with such a session, since AWS's federation endpoint takes none", async () => {
    const { accessKeyId, secretAccessKey, sessionToken } =
      await sessionWithoutMfa();
    const url = new URL("/federation", aws.endpoint);
    url.search = new URLSearchParams({
      Action: "getSigninToken",
      Session: JSON.stringify({
        sessionId: accessKeyId,
        sessionKey: secretAccessKey,
        sessionToken,
      }),
    }).toString();
    const answer = await fetch(url);
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /AssumeRole or GetFederationToken/);
  });

  it("opens no console as somebody federated, who might call IAM there", async () => {
    const policy = { Name: "mallory", Policy: JSON.stringify(everything) };
    await isRefused(sts(key).getFederationToken(policy));
  });

  it("federates nobody, however MFA is told of and whatever an old policy allows", async () => {
    const [user] = plannedUsers(config);
    assert.ok(user);
    const documents = [...user.documents, everything];
    const states: readonly Mfa[] = [
      { kind: "no key" },
      { kind: "without" },
      { kind: "with", ageSeconds: 1 },
    ];
    const may = (mfa: Mfa) =>
      userMay({ ...user, documents }, "sts:GetFederationToken", "*", mfa);
    for (const mfa of states) assert.equal(await may(mfa), false, mfa.kind);
  });
});

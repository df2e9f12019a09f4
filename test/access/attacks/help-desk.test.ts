import assert from "node:assert/strict";
import { IAM } from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import {
  administratorOf,
  clientConfig,
  Person,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { bastionConfig } from "../../infra/config-of";
import { startWithAccounts } from "../made-accounts";

const bastion = "111111111111";
const dev = "222222222222";
const hour = 3_600;

const config = bastionConfig(`
bastionAccountId: "${bastion}"
accounts: { dev: { id: "${dev}" } }
everybody: [{ roles: [ReadOnly], accounts: all }]
teams:
  operations: { grants: [{ roles: [PowerUser, OpsSudo], accounts: all }] }
  developers: { grants: [{ roles: [PowerUser], accounts: all }] }
  support: { grants: [] }
helpDesk: { team: support }
users:
  ada: { teams: [operations] }
  bashir: { teams: [developers] }
  chen:
  hana: { teams: [support] }
  hugo: { teams: [support] }
  runner: { consoleAccess: false }
`);

/** Somebody with a password, a device and a key. */
interface SetUp {
  readonly person: Person;
  readonly key: ClientCredentials;
}

describe("the help desk", () => {
  let aws: SandboxAws;
  let administrator: IAM;
  let ada: SetUp;
  let bashir: SetUp;
  let hana: SetUp;
  let hugo: SetUp;
  /** Hana's, in the role. */
  let help: IAM;

  beforeEach(async () => {
    aws = await startWithAccounts(config);
    administrator = await administratorOf(aws, bastion);
    [ada, bashir, hana, hugo] = [
      await setUp("ada"),
      await setUp("bashir"),
      await setUp("hana"),
      await setUp("hugo"),
    ];
    help = iamAs(await takeHelpDesk(hana));
  });

  afterEach(() => aws.close());

  async function setUp(name: string): Promise<SetUp> {
    const person = new Person(aws, bastion, name);
    await person.receivePassword(administrator);
    await person.enrolMfa(await person.signInFirst());
    const key = await person.makeAccessKey(await person.signInWithMfa());
    return { person, key };
  }

  const iamAs = (credentials: ClientCredentials): IAM =>
    new IAM(clientConfig(aws, credentials));

  const takes = async (
    { person, key }: SetUp,
    role: string,
    account = dev,
  ): Promise<ClientCredentials> =>
    person.takeRole(await person.openSession(key), account, role);

  const takeHelpDesk = (one: SetUp) => takes(one, "HelpDesk", bastion);

  const isDenied = (attempt: Promise<unknown>, what: string) =>
    assert.rejects(attempt, { name: "AccessDenied" }, what);

  const deviceOf = (name: string) =>
    `arn:aws:iam::${bastion}:mfa/phone-of-${name}`;

  /** What the help desk does, to one user. */
  const acts = (name: string, key?: ClientCredentials) => ({
    "take the device off": () =>
      help.deactivateMFADevice({
        UserName: name,
        SerialNumber: deviceOf(name),
      }),
    "set another password": () =>
      help.updateLoginProfile({
        UserName: name,
        Password: "Given-by-the-help-desk-1!",
        PasswordResetRequired: true,
      }),
    "give a first password": () =>
      help.createLoginProfile({
        UserName: name,
        Password: "Given-by-the-help-desk-1!",
        PasswordResetRequired: true,
      }),
    "switch the key off": () =>
      help.updateAccessKey({
        UserName: name,
        AccessKeyId: key?.accessKeyId ?? "AKIAIOSFODNN7EXAMPLE",
        Status: "Inactive",
      }),
    "delete the key": () =>
      help.deleteAccessKey({
        UserName: name,
        AccessKeyId: key?.accessKeyId ?? "AKIAIOSFODNN7EXAMPLE",
      }),
  });

  it("gets somebody whose phone and laptop are lost back to work", async () => {
    const { AccessKeyMetadata: keys = [] } = await help.listAccessKeys({
      UserName: "bashir",
    });
    assert.equal(keys.length, 1);
    const act = acts("bashir", bashir.key);
    await act["switch the key off"]();
    await act["take the device off"]();
    await help.deleteVirtualMFADevice({ SerialNumber: deviceOf("bashir") });
    await act["set another password"]();
    await assert.rejects(takes(bashir, "PowerUser"));

    const back = new Person(
      aws,
      bastion,
      "bashir",
      "Given-by-the-help-desk-1!",
    );
    await back.enrolMfa(await back.signInFirst());
    await back.takeRole(await back.signInWithMfa(), dev, "PowerUser");
  });

  it("gives a newcomer the first password, to be changed at once", async () => {
    const chen = new Person(aws, bastion, "chen");
    await chen.receivePassword(help);
    await chen.enrolMfa(await chen.signInFirst());
    await chen.takeRole(await chen.signInWithMfa(), dev, "ReadOnly");
  });

  it("does nothing to an administrator, to each other, to themselves or to programs", async () => {
    const users: Readonly<Record<string, SetUp | undefined>> = {
      ada,
      hana,
      hugo,
      runner: undefined,
    };
    for (const [name, one] of Object.entries(users)) {
      for (const [what, act] of Object.entries(acts(name, one?.key))) {
        await isDenied(act(), `${what}: ${name}`);
      }
    }
    await assert.rejects(
      help.deleteVirtualMFADevice({ SerialNumber: deviceOf("ada") }),
      { name: "DeleteConflictException" },
    );
    await takes(ada, "OpsSudo");
  });

  it("can't widen whom it helps, or make more of somebody whom it does", async () => {
    const tag = [{ Key: "help-desk", Value: "may-help" }];
    const all = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "*", Resource: "*" },
    });
    const attempts: Readonly<Record<string, Promise<unknown>>> = {
      "tag an administrator": help.tagUser({ UserName: "ada", Tags: tag }),
      "take a tag off": help.untagUser({
        UserName: "bashir",
        TagKeys: ["help-desk"],
      }),
      "put somebody into a group": help.addUserToGroup({
        UserName: "bashir",
        GroupName: "team-operations",
      }),
      "take somebody out of a group": help.removeUserFromGroup({
        UserName: "ada",
        GroupName: "bastion-users",
      }),
      "give a policy": help.putUserPolicy({
        UserName: "bashir",
        PolicyName: "all",
        PolicyDocument: all,
      }),
      "widen its own role": help.putRolePolicy({
        RoleName: "HelpDesk",
        PolicyName: "all",
        PolicyDocument: all,
      }),
      "make somebody": help.createUser({ UserName: "mallory", Tags: tag }),
      "take over a name": help.updateUser({
        UserName: "ada",
        NewUserName: "eve",
      }),
      "make a key": help.createAccessKey({ UserName: "bashir" }),
      "make a device": help.createVirtualMFADevice({
        VirtualMFADeviceName: "mallory",
      }),
      "enable a device": help.enableMFADevice({
        UserName: "bashir",
        SerialNumber: deviceOf("bashir"),
        AuthenticationCode1: "000000",
        AuthenticationCode2: "000000",
      }),
    };
    for (const [what, attempt] of Object.entries(attempts)) {
      await isDenied(attempt, what);
    }
    const session = await takeHelpDesk(hugo);
    for (const role of ["ReadOnly", "PowerUser", "OpsSudo"]) {
      await isDenied(hana.person.takeRole(session, dev, role), role);
    }
    await isDenied(
      hana.person.takeRole(session, bastion, "HelpDesk"),
      "itself",
    );
  });

  it("becomes no more than the user whom it helps: no administrator, and no helper", async () => {
    await acts("bashir")["take the device off"]();
    await acts("bashir")["set another password"]();
    await help.deleteVirtualMFADevice({ SerialNumber: deviceOf("bashir") });
    const thief = new Person(
      aws,
      bastion,
      "bashir",
      "Given-by-the-help-desk-1!",
    );
    await thief.enrolMfa(await thief.signInFirst());
    const session = await thief.signInWithMfa();
    await isDenied(thief.takeRole(session, dev, "OpsSudo"), "OpsSudo");
    await isDenied(thief.takeRole(session, bastion, "HelpDesk"), "HelpDesk");
  });

  it("keeps what it planted on a user, until that user is made anew", async () => {
    await acts("bashir")["take the device off"]();
    await acts("bashir")["set another password"]();
    await help.deleteVirtualMFADevice({ SerialNumber: deviceOf("bashir") });
    const thief = new Person(
      aws,
      bastion,
      "bashir",
      "Given-by-the-help-desk-1!",
    );
    await thief.enrolMfa(await thief.signInFirst());
    const key = await thief.makeAccessKey(await thief.signInWithMfa());
    const planted = { person: thief, key };
    await makeAdministratorOfBashir();
    await takes(planted, "OpsSudo");

    // As docs/lost-phone.md says of users who are to get more: out of the config, and in again.
    await removeBashir();
    await administrator.createUser({ UserName: "bashir" });
    await makeAdministratorOfBashir();
    await assert.rejects(takes(planted, "OpsSudo"), {
      name: "InvalidClientTokenId",
    });
  });

  async function makeAdministratorOfBashir(): Promise<void> {
    const UserName = "bashir";
    for (const GroupName of ["bastion-users", "team-operations"]) {
      await administrator.addUserToGroup({ UserName, GroupName });
    }
    const TagKeys = ["help-desk"];
    await administrator.untagUser({ UserName, TagKeys });
  }

  /** All that a user has goes with the user, as the stack's removal does it. */
  async function removeBashir(): Promise<void> {
    const UserName = "bashir";
    const { AccessKeyMetadata: keys = [] } = await administrator.listAccessKeys(
      { UserName },
    );
    for (const { AccessKeyId } of keys) {
      await administrator.deleteAccessKey({ UserName, AccessKeyId });
    }
    await administrator.deactivateMFADevice({
      UserName,
      SerialNumber: deviceOf(UserName),
    });
    await administrator.deleteLoginProfile({ UserName });
    const { Groups = [] } = await administrator.listGroupsForUser({ UserName });
    for (const { GroupName } of Groups) {
      await administrator.removeUserFromGroup({ UserName, GroupName });
    }
    await administrator.deleteUser({ UserName });
  }

  it("reaches no administrator by a user who is about to become one, or was one until now", async () => {
    // As a deployment that was cut off leaves it: in the group, and with the tag.
    const membership = { UserName: "bashir", GroupName: "team-operations" };
    await administrator.addUserToGroup(membership);
    await isDenied(takes(bashir, "OpsSudo"), "OpsSudo, with the tag");
    await acts("bashir")["set another password"]();

    await administrator.untagUser({
      UserName: "bashir",
      TagKeys: ["help-desk"],
    });
    await takes(bashir, "OpsSudo");
    for (const [what, act] of Object.entries(acts("bashir", bashir.key))) {
      await isDenied(act(), what);
    }
  });

  it("is there for its team alone, and with MFA of the last hour", async () => {
    for (const one of [ada, bashir]) {
      await isDenied(takeHelpDesk(one), one.person.name);
    }
    await isDenied(
      hana.person.takeRole(hana.key, bastion, "HelpDesk"),
      "a key",
    );
    const session = await hana.person.openSession(hana.key);
    aws.clock.advance(hour - 1);
    await hana.person.takeRole(session, bastion, "HelpDesk");
    aws.clock.advance(1);
    await isDenied(
      hana.person.takeRole(session, bastion, "HelpDesk"),
      "an hour later",
    );
  });
});

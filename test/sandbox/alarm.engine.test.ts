import assert from "node:assert/strict";
import {
  DeleteLoginProfileCommand,
  DeleteRolePolicyCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { confirmMails, readMails } from "../../sandbox/aws/mail-client";
import { underPolicyPack } from "../../sandbox/policy-pack";
import { readStackFile, stackFileText } from "../../sandbox/project";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox";
import type { Credentials } from "../../sandbox/signed-request";
import { signInFirstTime } from "../../sandbox/tour/first-sign-in";
import type { SignedInUser } from "../../sandbox/tour/matrix";
import { administratorOf, clientConfig } from "../../sandbox/tour/people";
import { askJson, askSns } from "./aws/service-calls";

const bastionId = "111111111111";
const prodId = "033333333333";
const region = "us-east-1";
const inBastion = "bastion@example.org";
const inProd = "prod@example.org";

const alarm = (email: string, more = "") => `
  bastion-account:breakGlassAlarm:
    enabled: true
    emails: [${email}]
${more}`;

const rule = (tells: string) => `break-glass-${tells}`;
const topic = `arn:aws:sns:${region}:${prodId}:break-glass`;

describe("the alarms of both stacks, deployed", () => {
  let sandbox: Sandbox;
  let ada: SignedInUser;

  /** What came since it was last asked, at one address or the other. */
  const told = async (address: string): Promise<readonly string[]> =>
    (await readMails(sandbox.aws.endpoint, address))
      .filter(({ subject }) => subject === "AWS Notification Message")
      .map(({ text }) => text);
  const since = async (
    address: string,
    work: () => Promise<unknown>,
  ): Promise<readonly string[]> => {
    const before = (await told(address)).length;
    await work();
    return (await told(address)).slice(before);
  };

  const take = (role: string): Promise<Credentials> =>
    ada.person.takeRole(ada.withMfa, prodId, role);

  const events = (
    credentials: Credentials,
    action: string,
    fields: Readonly<Record<string, unknown>>,
  ) => askJson(sandbox, credentials, "events", action, fields, region);
  const removeTargets = (credentials: Credentials, tells: string) =>
    events(credentials, "RemoveTargets", {
      Rule: rule(tells),
      Ids: ["break-glass"],
    });
  const deleteTopic = (credentials: Credentials) =>
    askSns(sandbox, credentials, "DeleteTopic", { TopicArn: topic }, region);

  before(async () => {
    sandbox = await startSandbox({ progress: () => undefined });
    for (const [name, config] of [
      ["bastion", alarm(inBastion)],
      ["workload", alarm(inProd, "    accounts: [prod]\n")],
    ] as const) {
      const stack = await sandbox.stack(name, stackFileText(name) + config);
      await stack.up(...underPolicyPack);
      await stack.preview({}, "--expect-no-changes");
    }
    for (const address of [inBastion, inProd]) {
      await confirmMails(sandbox.aws.endpoint, address);
    }
  });
  after(() => sandbox.close());

  it("tell of a newcomer's sign-in without MFA, and of what they make for themselves", async () => {
    const texts = await since(inBastion, async () => {
      const { user } = await signInFirstTime(
        sandbox.aws,
        readStackFile("bastion"),
        await administratorOf(sandbox.aws, bastionId),
        "ada",
      );
      ada = user;
    });
    const count = (what: RegExp) =>
      texts.filter((text) => what.test(text)).length;
    assert.equal(count(/a sign-in without MFA/), 1, texts.join("\n"));
    assert.ok(count(/IAM was changed.*user\/ada.*EnableMFADevice/) > 0);
    assert.ok(count(/IAM was changed.*user\/ada.*CreateAccessKey/) > 0);
    // The first password was the deployment role's to give.
    assert.equal(count(/CreateLoginProfile/), 0);
  });

  it("can't be silenced by PowerUser, whose attempts are told", async () => {
    const powerUser = await take("PowerUser");
    const texts = await since(inProd, async () => {
      for (const answer of [
        await removeTargets(powerUser, "role-taken"),
        await deleteTopic(powerUser),
      ]) {
        assert.match(answer.code, /AccessDenied|AuthorizationError/);
        assert.match(answer.text, /explicit deny/);
      }
    });
    assert.equal(texts.length, 2, texts.join("\n"));
    for (const text of texts) {
      assert.match(text, /prod.*changes what guards the account/);
      assert.match(text, /assumed-role\/PowerUser\/ada.*AccessDenied/);
    }
  });

  it("tell in the role's account and in the bastion that OpsSudo is taken", async () => {
    let there: readonly string[] = [];
    const here = await since(inBastion, async () => {
      there = await since(inProd, () => take("OpsSudo"));
    });
    for (const texts of [there, here]) {
      assert.equal(texts.length, 1, texts.join("\n"));
      assert.match(texts[0] ?? "", /a break-glass role was taken.*OpsSudo/);
    }
  });

  it("tell that OpsSudo changes them, or the guard of another role", async () => {
    const opsSudo = await take("OpsSudo");
    const changed = await since(inProd, () =>
      removeTargets(opsSudo, "role-taken"),
    );
    assert.equal(changed.length, 1);
    assert.match(
      changed[0] ?? "",
      /guards the account.*OpsSudo\/ada.*RemoveTargets/,
    );
    const opened = await since(inProd, () =>
      new IAMClient(clientConfig(sandbox.aws, opsSudo)).send(
        new DeleteRolePolicyCommand({
          RoleName: "PowerUser",
          PolicyName: "account-guard",
        }),
      ),
    );
    assert.equal(opened.length, 1);
    assert.match(opened[0] ?? "", /guards the account.*DeleteRolePolicy/);
  });

  it("tell in the bastion what the role's account can't tell any more", async () => {
    assert.equal((await deleteTopic(await take("OpsSudo"))).code, "ok");
    let there: readonly string[] = [];
    const here = await since(inBastion, async () => {
      there = await since(inProd, () => take("OpsSudo"));
    });
    assert.deepEqual(there, []);
    assert.equal(here.length, 1);
    assert.match(here[0] ?? "", /a break-glass role was taken.*OpsSudo/);
  });

  it("tell of a lock-out in the making, whoever it is", async () => {
    const administrator = await administratorOf(sandbox.aws, bastionId);
    const texts = await since(inBastion, () =>
      administrator.send(new DeleteLoginProfileCommand({ UserName: "ada" })),
    );
    assert.equal(texts.length, 1);
    assert.match(texts[0] ?? "", /loses a way in.*DeleteLoginProfile/);
  });
});

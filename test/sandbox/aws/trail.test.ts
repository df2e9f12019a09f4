import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../sandbox/engine/paths";
import type { SandboxAws } from "../../../sandbox/aws";
import { signIn } from "../../../sandbox/aws/console-client";
import { confirmMails, readMails } from "../../../sandbox/aws/mail-client";
import type { Credentials } from "../../../sandbox/signed-request";
import { deploymentIn } from "../../../sandbox/tour/people";
import { devId, iamOf, startTwoAccounts } from "./clients";
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { told as toldBy } from "../../../sandbox/aws/trail/event";
import type { ServiceModel } from "../../../sandbox/aws/service-models/service-model";
import { askJson, askSns, userUnder } from "./service-calls";

const address = "oncall@example.org";
const withReads = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
const topic = `arn:aws:sns:us-east-1:${devId}:watch`;

const eventBridge = { Service: "events.amazonaws.com" };
const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const root = { AWS: `arn:aws:iam::${devId}:root` };
const ofRoot = {
  Effect: "Allow",
  Principal: root,
  Action: "kms:*",
  Resource: "*",
};
const ofEventBridge = {
  Effect: "Allow",
  Principal: eventBridge,
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
  Condition: {
    StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": topic },
  },
};
const publishes = (rule: string) => ({
  Effect: "Allow",
  Principal: eventBridge,
  Action: "sns:Publish",
  Resource: topic,
  Condition: {
    ArnLike: {
      "aws:SourceArn": `arn:aws:events:us-east-1:${devId}:rule/${rule}`,
    },
  },
});

describe("what CloudTrail tells of a request", () => {
  /** Sensitive, and told all the same: documents, addresses, names, what is signed. */
  const noCredentials =
    /Policy|^(Account)?Name$|^Email$|^Notes$|^SourceName$|^Id$|phoneNumber$|^Message$|^Sqls?$|^GraphQLOperation$|^Value$|^AccessKeyId$/i;

  it("has nothing of it that AWS's models call sensitive and that lets somebody in", () => {
    const folder = join(checkout, "sandbox/aws/service-models");
    const models = readdirSync(folder).filter((file) => file.endsWith(".json"));
    const sensitive = models.flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const { shapes } = JSON.parse(text) as ServiceModel;
      return Object.values(shapes).flatMap(({ members = {} }) =>
        Object.entries(members).flatMap(([name, { shape }]) =>
          shapes[shape]?.sensitive === true ? [name] : [],
        ),
      );
    });
    const credentials = new Set(
      sensitive.filter((name) => !noCredentials.test(name)),
    );
    assert.ok(credentials.size > 10);
    for (const name of [...credentials, "AuthenticationCode1", "TokenCode"]) {
      assert.deepEqual(toldBy({ [name]: "x", UserName: "ada" }), {
        userName: "ada",
      });
    }
  });
});

describe("what is done in an account", () => {
  let aws: SandboxAws;
  let credentials: Credentials;

  const sns = (action: string, fields: Readonly<Record<string, string>>) =>
    askSns({ aws }, credentials, action, fields);
  const json = (
    service: "events" | "kms",
    action: string,
    fields: Readonly<Record<string, unknown>>,
  ) => askJson({ aws }, credentials, service, action, fields);

  /** A rule that tells of every call of IAM and every sign-in, by mail. */
  const watch = async (State = withReads): Promise<string> => {
    await sns("CreateTopic", { Name: "watch" });
    await sns("SetTopicAttributes", {
      TopicArn: topic,
      AttributeName: "Policy",
      AttributeValue: policy(publishes("watch")),
    });
    const made = await json("kms", "CreateKey", {
      Policy: policy(ofRoot, ofEventBridge),
    });
    const key = /"KeyId":"([^"]+)"/.exec(made.text)?.[1] ?? "";
    await sns("SetTopicAttributes", {
      TopicArn: topic,
      AttributeName: "KmsMasterKeyId",
      AttributeValue: key,
    });
    await sns("Subscribe", {
      TopicArn: topic,
      Protocol: "email",
      Endpoint: address,
    });
    await json("events", "PutRule", {
      Name: "watch",
      State,
      EventPattern: JSON.stringify({
        source: ["aws.iam", "aws.signin", "aws.sts"],
      }),
    });
    await json("events", "PutTargets", {
      Rule: "watch",
      Targets: [
        {
          Id: "mail",
          Arn: topic,
          InputTransformer: {
            InputPathsMap: {
              event: "$.detail.eventName",
              error: "$.detail.errorCode",
              who: "$.detail.userIdentity.arn",
              mfa: "$.detail.additionalEventData.MFAUsed",
              asked: "$.detail.requestParameters",
            },
            InputTemplate: "<event>|<error>|<who>|<mfa>|<asked>",
          },
        },
      ],
    });
    return key;
  };

  const told = async (): Promise<readonly string[]> =>
    (await readMails(aws.endpoint, address))
      .filter(({ subject }) => subject === "AWS Notification Message")
      .map(({ text }) => text);

  const makeUser = (UserName = "eve") =>
    iamOf(aws, credentials).send(new CreateUserCommand({ UserName }));

  beforeEach(async () => {
    aws = await startTwoAccounts();
    credentials = await deploymentIn(aws, devId);
  });

  afterEach(() => aws.close());

  it("comes as a mail: the call, who made it and what it asked for", async () => {
    await watch();
    await confirmMails(aws.endpoint, address);
    await makeUser();
    assert.deepEqual(await told(), [
      `CreateUser||arn:aws:sts::${devId}:assumed-role/OrganizationAccountAccessRole/administrator||{"userName":"eve"}`,
    ]);
  });

  it("comes as a mail also where it was refused, and says why", async () => {
    const eve = await userUnder({ iam: iamOf(aws, credentials) }, "eve", {
      Effect: "Allow",
      Action: "s3:*",
      Resource: "*",
    });
    await watch();
    await confirmMails(aws.endpoint, address);
    const stolen = iamOf(aws, eve);
    await assert.rejects(
      stolen.send(new CreateUserCommand({ UserName: "mallory" })),
    );
    assert.deepEqual(await told(), [
      `CreateUser|AccessDenied|arn:aws:iam::${devId}:user/eve||{"userName":"mallory"}`,
    ]);
  });

  it("tells of a sign-in whether MFA was used and whether it failed, and no password", async () => {
    await makeUser("ada");
    const iam = iamOf(aws, credentials);
    const Password = "Correct-horse-battery-1!";
    await watch();
    await confirmMails(aws.endpoint, address);
    await iam.send(
      new CreateLoginProfileCommand({ UserName: "ada", Password }),
    );
    const typed = { account: devId, userName: "ada" };
    await signIn(aws.endpoint, { ...typed, password: Password });
    await assert.rejects(signIn(aws.endpoint, { ...typed, password: "wrong" }));
    await assert.rejects(
      signIn(aws.endpoint, { account: devId, userName: "x", password: "x" }),
    );
    const texts = await told();
    assert.deepEqual(
      texts.map((text) => text.split("|").slice(0, 4).join("|")),
      [
        `CreateLoginProfile||arn:aws:sts::${devId}:assumed-role/OrganizationAccountAccessRole/administrator|`,
        `ConsoleLogin||arn:aws:iam::${devId}:user/ada|No`,
        `ConsoleLogin||arn:aws:iam::${devId}:user/ada|No`,
        "ConsoleLogin|||No",
      ],
    );
    assert.ok(!texts.join().includes(Password));
  });

  it("tells of a role that somebody of another account takes", async () => {
    await watch();
    await confirmMails(aws.endpoint, address);
    await deploymentIn(aws, devId);
    const [text = ""] = await told();
    assert.match(text, /^AssumeRole\|\|\|\|\{"roleArn":"arn:aws:iam::2{12}/);
  });

  it("is a call that reads only where the rule's state says so", async () => {
    await watch("ENABLED");
    await confirmMails(aws.endpoint, address);
    await iamOf(aws, credentials).send(new ListUsersCommand({}));
    assert.deepEqual(await told(), []);
  });

  for (const [what, hinder] of [
    ["nobody has confirmed the first mail", () => Promise.resolve()],
    [
      "the rule's target is gone",
      () => json("events", "RemoveTargets", { Rule: "watch", Ids: ["mail"] }),
    ],
    ["the topic is gone", () => sns("DeleteTopic", { TopicArn: topic })],
    [
      "the topic's policy lets other rules publish",
      () =>
        sns("SetTopicAttributes", {
          TopicArn: topic,
          AttributeName: "Policy",
          AttributeValue: policy(publishes("other")),
        }),
    ],
    [
      "the topic's key is disabled",
      (KeyId: string) => json("kms", "DisableKey", { KeyId }),
    ],
    [
      "the key's policy does not let EventBridge encrypt",
      (KeyId: string) =>
        json("kms", "PutKeyPolicy", { KeyId, Policy: policy(ofRoot) }),
    ],
  ] as const) {
    it(`goes unsaid, as with AWS, where ${what}`, async () => {
      const key = await watch();
      if (!what.startsWith("nobody")) await confirmMails(aws.endpoint, address);
      await hinder(key);
      await makeUser();
      assert.deepEqual(await told(), []);
    });
  }
});

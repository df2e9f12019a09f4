import assert from "node:assert/strict";
import {
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STS,
} from "@aws-sdk/client-sts";
import { startAws } from "../../../sandbox/aws";
import type { DecidedCall } from "../../../sandbox/aws/model";
import { issueToken } from "../../../sandbox/aws/tokens";
import { sendSigned } from "../../../sandbox/signed-request";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import { administratorOf, bastionId, iamOf, stsOf } from "./clients";
import {
  allow,
  newUserKey,
  policyText,
  type Conversation,
} from "./iam/conversation";
import { forbid } from "./organizations";
import { inRole, makeRole, trusts } from "./sessions";

const withMfa = {
  ...allow("iam:ListUsers"),
  Sid: "WithMfa",
  Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
};
const boundary = `arn:aws:iam::${bastionId}:policy/boundary`;

/** The last decision, but for when it was taken. */
type Told = Omit<DecidedCall, "at">;

describe("A decision tells which statement decided", () => {
  const decided: DecidedCall[] = [];
  let conversation: Conversation;
  let eve: ClientCredentials;

  before(async () => {
    const aws = await startAws({
      accounts: [{ id: bastionId, name: "bastion" }],
      onDecided: (call) => decided.push(call),
    });
    conversation = { aws, iam: await administratorOf(aws, bastionId) };
    eve = await newUserKey(conversation, "eve");
    await makeRole(conversation, "ops", {
      ...trusts("sts:AssumeRole"),
      Sid: "TheBastion",
    });
  });
  after(() => conversation.aws.close());

  const last = async (answer: Promise<unknown>): Promise<Told> => {
    await answer.catch(() => undefined);
    const { at, ...told } = decided.at(-1) ?? assert.fail("nothing decided");
    assert.ok(at instanceof Date);
    return told;
  };
  const eveMay = (
    ...statements: readonly Readonly<Record<string, unknown>>[]
  ) =>
    conversation.iam.send(
      new PutUserPolicyCommand({
        UserName: "eve",
        PolicyName: "own",
        PolicyDocument: policyText(...statements),
      }),
    );
  const eveLists = () =>
    last(iamOf(conversation.aws, eve).send(new ListUsersCommand({})));
  const ofEve = {
    caller: `arn:aws:iam::${bastionId}:user/eve`,
    action: "iam:ListUsers",
    resource: "*",
  };
  const own = { kind: "identity", policy: "eve/own" } as const;

  it("that allowed, by its place and its Sid", async () => {
    await eveMay(allow("s3:*"), { ...allow("iam:List*"), Sid: "Lists" });
    assert.deepEqual(await eveLists(), {
      ...ofEve,
      reason: {
        decided: "allowed",
        statements: [{ ...own, index: 2, sid: "Lists" }],
      },
    });
  });

  it("that denied, before all that allow", async () => {
    await eveMay(allow("*"), { ...allow("iam:*"), Effect: "Deny" });
    assert.deepEqual(await eveLists(), {
      ...ofEve,
      reason: {
        decided: "explicitly denied",
        statement: { ...own, index: 2, sid: undefined },
      },
    });
  });

  it("or that none did, and which one would but for its conditions", async () => {
    await eveMay(withMfa);
    const { reason } = await eveLists();
    assert.deepEqual(reason, {
      decided: "implicitly denied",
      lacking: "identity",
      nearest: {
        ...own,
        index: 1,
        sid: "WithMfa",
        unmet: ["Bool aws:MultiFactorAuthPresent"],
      },
    });
    await eveMay(allow("s3:*"));
    assert.deepEqual((await eveLists()).reason, {
      decided: "implicitly denied",
      lacking: "identity",
      nearest: undefined,
    });
  });

  const take = (more: object = {}) =>
    last(
      stsOf(conversation.aws, eve).send(
        new AssumeRoleCommand({
          RoleArn: `arn:aws:iam::${bastionId}:role/ops`,
          RoleSessionName: "eve",
          ...more,
        }),
      ),
    );

  it("of the role's trust as well as of the caller's", async () => {
    await eveMay(allow("sts:AssumeRole"));
    const { reason, resource } = await take();
    assert.equal(resource, `arn:aws:iam::${bastionId}:role/ops`);
    assert.deepEqual(reason, {
      decided: "allowed",
      statements: [
        { kind: "trust", policy: "", index: 1, sid: "TheBastion" },
        { ...own, index: 1, sid: undefined },
      ],
    });
  });

  it("and that none was asked, where a code is wrong or the call takes no right", async () => {
    const { reason, resource } = await take({
      SerialNumber: `arn:aws:iam::${bastionId}:mfa/none`,
      TokenCode: "123456",
    });
    assert.equal(resource, `arn:aws:iam::${bastionId}:role/ops`);
    assert.equal(reason.decided, "refused");
    const sts = stsOf(conversation.aws, eve);
    assert.deepEqual(
      (await last(sts.send(new GetCallerIdentityCommand({})))).reason,
      { decided: "not asked" },
    );
  });

  it("and that nobody is known by that key", async () => {
    const secretAccessKey = "x".repeat(40);
    const stranger = { accessKeyId: "ASIAEXAMPLEEXAMPLE99", secretAccessKey };
    const sts = stsOf(conversation.aws, { ...stranger, sessionToken: "old" });
    const { caller, action, reason } = await last(
      sts.send(new GetCallerIdentityCommand({})),
    );
    assert.equal(caller, "access key ASIAEXAMPLEEXAMPLE99");
    assert.equal(action, "sts:GetCallerIdentity");
    assert.equal(reason.decided, "refused");
  });

  const refusal = async (answer: Promise<unknown>) => {
    const count = decided.length;
    const { caller, action, resource, reason } = await last(answer);
    assert.equal(decided.length - count, 1, "told once");
    assert.equal(reason.decided, "refused");
    const { message = "" } = reason as { readonly message?: string };
    return { caller, action, resource, message };
  };

  it("and that no signature could be read, or there was none", async () => {
    const post = (headers: Readonly<Record<string, string>>) =>
      fetch(conversation.aws.endpoint, {
        method: "POST",
        headers,
        body: "Action=ListUsers&Version=2010-05-08",
      });
    const nobody = { caller: "no readable signature", resource: "*" };
    const form = "application/x-www-form-urlencoded";
    for (const authorization of ["AWS4-HMAC-SHA256 none", "Basic eA=="]) {
      const told = await refusal(post({ "content-type": form, authorization }));
      const { message, ...asked } = told;
      assert.deepEqual(asked, { ...nobody, action: "iam:ListUsers" });
      assert.match(message, /Authorization|Authentication Token/);
    }
    const target = { "x-amz-target": "DynamoDB_20120810.CreateTable" };
    assert.equal((await refusal(post(target))).action, "dynamodb:CreateTable");
    const bare = await refusal(fetch(conversation.aws.endpoint));
    assert.equal(bare.action, "*");
  });

  it("and that a token was refused before the role's trust was asked", async () => {
    const exp = Math.floor(conversation.aws.clock.now().getTime() / 1_000) + 99;
    const iss = "https://issuer.example";
    const token = issueToken({ iss, aud: "other", sub: "job", exp });
    const RoleArn = `arn:aws:iam::${bastionId}:role/ops`;
    const bring = (WebIdentityToken: string) =>
      refusal(
        new STS({
          endpoint: conversation.aws.endpoint,
          region: "us-east-1",
        }).assumeRoleWithWebIdentity({
          RoleArn,
          RoleSessionName: "job",
          WebIdentityToken,
        }),
      );
    const asked = {
      action: "sts:AssumeRoleWithWebIdentity",
      resource: RoleArn,
    };
    assert.deepEqual(await bring(`${token}x`), {
      ...asked,
      caller: "a token",
      message: "Couldn't verify the signature of the token",
    });
    const ofJob = { ...asked, caller: `a token of ${iss} job` };
    assert.deepEqual(await bring(token), {
      ...ofJob,
      message: `No OpenIDConnect provider found in your account for ${iss}`,
    });
    await conversation.iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: iss,
        ClientIDList: ["meant"],
      }),
    );
    assert.deepEqual(await bring(token), {
      ...ofJob,
      message: "Incorrect token audience",
    });
  });

  it("and that a request is none of the service's, or not as its model has it", async () => {
    const ask = (service: string, body: string, headers = {}) =>
      refusal(
        sendSigned(conversation.aws.endpoint, eve, {
          ...{ service, region: "us-east-1", method: "POST", headers, body },
        }),
      );
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const { caller } = ofEve;
    for (const [service, body, headers, action, says] of [
      ["iam", "Action=Fly&Version=2010-05-08", form, "iam:Fly", /Fly/],
      ["iam", "Action=GetRole&Version=2010-05-08", form, "iam:GetRole", /Name/],
      ["ec2", "Action=Fly&Version=2016-11-15", form, "ec2:Fly", /Fly/],
      [
        ...["dynamodb", "{}"],
        { "x-amz-target": "DynamoDB_20120810.CreateTable" },
        "dynamodb:CreateTable",
        /TableName/i,
      ],
      ["s3", "", {}, "s3:*", /not allowed against this resource/],
      ["access-analyzer", "{}", {}, "access-analyzer:*", /has no call by/],
    ] as const) {
      const { message, ...asked } = await ask(service, body, headers);
      assert.deepEqual(asked, { caller, action, resource: "*" });
      assert.match(message, says);
    }
  });

  it("and that the sandbox lacks what was asked, and knows no action for it", async () => {
    const { accessKeyId, secretAccessKey } = eve;
    const answer = sendSigned(
      conversation.aws.endpoint,
      { accessKeyId, secretAccessKey },
      {
        ...{ service: "lambda", region: "us-east-1", method: "GET" },
        headers: {},
      },
    );
    const { message, ...asked } = await refusal(answer);
    const { caller, resource } = ofEve;
    assert.deepEqual(asked, { caller, resource, action: "lambda:*" });
    assert.match(message, /^The sandbox, not AWS, lacks the service lambda/);
  });

  it("of a boundary by its ARN, and of a session's policy", async () => {
    await conversation.iam.send(
      new CreatePolicyCommand({
        PolicyName: "boundary",
        PolicyDocument: policyText(allow("*"), {
          ...allow("iam:CreateUser"),
          Effect: "Deny",
        }),
      }),
    );
    await conversation.iam.send(
      new PutRolePermissionsBoundaryCommand({
        RoleName: "ops",
        PermissionsBoundary: boundary,
      }),
    );
    const administrator = await deploymentIn(conversation.aws, bastionId);
    const session = async (Policy: string) =>
      iamOf(
        conversation.aws,
        await inRole(conversation, administrator, "ops", { Policy }),
      );
    const makes = new CreateUserCommand({ UserName: "mallory" });
    const bounded = await session(policyText(allow("*")));
    assert.deepEqual((await last(bounded.send(makes))).reason, {
      decided: "explicitly denied",
      statement: {
        kind: "boundary",
        policy: boundary,
        index: 2,
        sid: undefined,
      },
    });
    const narrow = await session(policyText(allow("s3:*")));
    const { reason } = await last(narrow.send(new ListUsersCommand({})));
    assert.deepEqual(reason, {
      decided: "implicitly denied",
      lacking: "session",
      nearest: undefined,
    });
  });

  it("of a service control policy, by its ARN, once for each call", async () => {
    const { arn } = await forbid(conversation.aws, bastionId, "iam:ListUsers");
    await eveMay(allow("*"));
    const count = decided.length;
    assert.deepEqual((await eveLists()).reason, {
      decided: "explicitly denied",
      statement: { kind: "scp", policy: arn, index: 1, sid: undefined },
    });
    assert.equal(decided.length - count, 1);
  });
});

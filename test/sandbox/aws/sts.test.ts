import assert from "node:assert/strict";
import { Sha256 } from "@aws-crypto/sha256-js";
import * as iam from "@aws-sdk/client-iam";
import * as sts from "@aws-sdk/client-sts";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SandboxAws } from "../../../sandbox/aws";
import { allow, trust } from "../../../sandbox/grown-account/make";
import { Person, type ClientCredentials } from "../../../sandbox/tour/people";
import {
  administratorOf,
  bastionId,
  devId,
  iamOf,
  startTwoAccounts,
  stsOf,
} from "./clients";
import { refused } from "./iam/conversation";

describe("the sandbox's STS", () => {
  let aws: SandboxAws;
  let ada: Person;
  let key: ClientCredentials;
  let dev: iam.IAMClient;

  before(async () => {
    aws = await startTwoAccounts();
    const bastion = await administratorOf(aws, bastionId);
    dev = await administratorOf(aws, devId);
    await bastion.send(new iam.CreateUserCommand({ UserName: "ada" }));
    await bastion.send(
      new iam.PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "all",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["sts:AssumeRole", "iam:*"],
              Resource: "*",
            },
          ],
        }),
      }),
    );
    const root = { AWS: `arn:aws:iam::${bastionId}:root` };
    const make = (RoleName: string, condition?: object) =>
      dev.send(
        new iam.CreateRoleCommand({
          RoleName,
          AssumeRolePolicyDocument: trust(root, condition),
          MaxSessionDuration: 7_200,
        }),
      );
    await make("open");
    await make("with-mfa", { Bool: { "aws:MultiFactorAuthPresent": "true" } });
    await make("leaky", {
      BoolIfExists: { "aws:MultiFactorAuthPresent": "true" },
    });
    await make("external", { StringEquals: { "sts:ExternalId": "42" } });
    for (const RoleName of ["open", "with-mfa"]) {
      await dev.send(
        new iam.PutRolePolicyCommand({
          RoleName,
          PolicyName: "p",
          PolicyDocument: allow("*"),
        }),
      );
    }
    await dev.send(
      new iam.CreatePolicyCommand({
        PolicyName: "limits",
        PolicyDocument: allow("iam:Get*"),
      }),
    );
    ada = new Person(aws, bastionId, "ada");
    await ada.receivePassword(bastion);
    const first = await ada.signInFirst();
    await ada.enrolMfa(first);
    key = await ada.makeAccessKey(await ada.signInWithMfa());
  });

  after(async () => {
    await aws.close();
  });

  const assume = (
    credentials: ClientCredentials,
    role: string,
    more: Partial<sts.AssumeRoleCommandInput> = {},
  ) =>
    stsOf(aws, credentials).send(
      new sts.AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${devId}:role/${role}`,
        RoleSessionName: "ada",
        ...more,
      }),
    );
  const denied = (work: Promise<unknown>) =>
    assert.rejects(work, { name: "AccessDenied" });

  it("tells everybody who they are, and asks for no permission", async () => {
    const answer = await stsOf(aws, key).send(
      new sts.GetCallerIdentityCommand({}),
    );
    assert.equal(answer.Arn, `arn:aws:iam::${bastionId}:user/ada`);
    assert.match(answer.UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
  });

  it("keeps an access key out of a role that asks for MFA, and lets a session with MFA in", async () => {
    await denied(assume(key, "with-mfa"));
    await assume(await ada.openSession(key), "with-mfa");
  });

  it("lets an access key through BoolIfExists, as AWS does: the key is missing", async () => {
    await assume(key, "leaky");
    const bare = await stsOf(aws, key).send(new sts.GetSessionTokenCommand({}));
    await denied(assume(credentialsOf(bare.Credentials), "leaky"));
  });

  it("takes the MFA code with AssumeRole itself, once", async () => {
    const { serial: SerialNumber, code: TokenCode } = ada.mfa();
    await assume(key, "with-mfa", { SerialNumber, TokenCode });
    await denied(assume(key, "with-mfa", { SerialNumber, TokenCode }));
  });

  it("tells a wrong code, a device of nobody's, and one without the other, in AWS's words", async () => {
    const { serial: SerialNumber } = ada.mfa();
    const TokenCode = "000000";
    for (const [brought, words] of [
      [{ SerialNumber, TokenCode }, "with invalid MFA one time pass code."],
      [
        { SerialNumber: `${SerialNumber}x`, TokenCode },
        "unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
      ],
      [{ SerialNumber }, "must provide both MFA serial number and one time"],
      [{ TokenCode }, "must provide both MFA serial number and one time"],
    ] as const) {
      for (const asked of [
        assume(key, "open", brought),
        stsOf(aws, key).send(new sts.GetSessionTokenCommand(brought)),
      ]) {
        await refused(asked, "AccessDenied", words);
      }
    }
  });

  it("takes no MFA code from a role's session, which has no device", async () => {
    const { Credentials: given } = await assume(key, "open");
    const { serial: SerialNumber, code: TokenCode } = ada.mfa();
    await refused(
      assume(credentialsOf(given), "open", { SerialNumber, TokenCode }),
      "AccessDenied",
      "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    );
    // The code was not used up: it is still the user's.
    await assume(key, "with-mfa", { SerialNumber, TokenCode });
  });

  it("opens no user's session from a role's, whatever MFA it brings", async () => {
    const { Credentials: given } = await assume(key, "open");
    const { serial: SerialNumber, code: TokenCode } = ada.mfa();
    const client = stsOf(aws, credentialsOf(given));
    await refused(
      client.send(new sts.GetSessionTokenCommand({ SerialNumber, TokenCode })),
      "AccessDenied",
      "Cannot call GetSessionToken with session credentials",
    );
    await refused(
      client.send(new sts.GetFederationTokenCommand({ Name: "ada" })),
      "AccessDenied",
      "Cannot call GetFederationToken with session credentials",
    );
  });

  it("tells nothing of why where the role is not there", () =>
    refused(
      assume(key, "nobodys"),
      "AccessDenied",
      /^User: \S+:user\/ada is not authorized to perform: sts:AssumeRole on resource: \S+:role\/nobodys$/,
    ));

  it("asks for the external id that the trust policy names", async () => {
    await denied(assume(key, "external"));
    await assume(key, "external", { ExternalId: "42" });
  });

  it("takes no external id or source identity that AWS would not", async () => {
    for (const wrong of [
      { ExternalId: "4" },
      { ExternalId: "two words" },
      { SourceIdentity: "a" },
    ]) {
      await assert.rejects(assume(key, "external", wrong), {
        name: "ValidationError",
      });
    }
  });

  it("drops MFA when one role takes another", async () => {
    const { Credentials: given } = await assume(
      await ada.openSession(key),
      "with-mfa",
    );
    await denied(assume(credentialsOf(given), "with-mfa"));
  });

  it("gives a chained session an hour at most, and others what the role allows", async () => {
    await assume(key, "open", { DurationSeconds: 7_200 });
    const tooLong = (
      credentials: ClientCredentials,
      DurationSeconds: number,
      message: RegExp,
    ) =>
      assert.rejects(assume(credentials, "open", { DurationSeconds }), {
        name: "ValidationError",
        message,
      });
    await tooLong(key, 7_201, /MaxSessionDuration/);
    await tooLong(await ada.openSession(key), 3_601, /role chaining/);
  });

  it("lets a session without MFA call nothing in IAM", async () => {
    const bare = await stsOf(aws, key).send(new sts.GetSessionTokenCommand({}));
    await assert.rejects(
      iamOf(aws, credentialsOf(bare.Credentials)).send(
        new iam.ListUsersCommand({}),
      ),
      { name: "InvalidClientTokenId" },
    );
  });

  it("opens no session from a session", async () => {
    const session = await ada.openSession(key);
    await assert.rejects(
      stsOf(aws, session).send(new sts.GetSessionTokenCommand({})),
    );
  });

  it("holds a session to the policy that it was opened with, and a role to its boundary", async () => {
    const inside = async (
      role: string,
      more: Partial<sts.AssumeRoleCommandInput> = {},
    ) => {
      const { Credentials: given } = await assume(key, role, more);
      return iamOf(aws, credentialsOf(given));
    };
    const limited = await inside("open", { Policy: allow("iam:ListUsers") });
    await limited.send(new iam.ListUsersCommand({}));
    await assert.rejects(limited.send(new iam.ListRolesCommand({})), {
      name: "AccessDenied",
    });

    await dev.send(
      new iam.PutRolePermissionsBoundaryCommand({
        RoleName: "open",
        PermissionsBoundary: `arn:aws:iam::${devId}:policy/limits`,
      }),
    );
    const bounded = await inside("open");
    await bounded.send(new iam.GetRoleCommand({ RoleName: "open" }));
    await assert.rejects(bounded.send(new iam.ListRolesCommand({})), {
      name: "AccessDenied",
    });
  });

  it("lets a session run out", async () => {
    const session = await ada.openSession(key);
    aws.clock.advance(43_201);
    await assert.rejects(
      stsOf(aws, session).send(new sts.GetCallerIdentityCommand({})),
      {
        name: "ExpiredToken",
      },
    );
  });

  describe("refuses a request", () => {
    const whoAmI = (credentials: ClientCredentials) =>
      stsOf(aws, credentials).send(new sts.GetCallerIdentityCommand({}));

    it("that is signed with another secret", async () => {
      await assert.rejects(whoAmI({ ...key, secretAccessKey: "another" }), {
        name: "SignatureDoesNotMatch",
      });
    });

    it("of a key that there is not, or that is switched off", async () => {
      const unknown = { name: "InvalidClientTokenId" };
      await assert.rejects(
        whoAmI({ ...key, accessKeyId: "AKIAAAAAAAAAAAAAAAAA" }),
        unknown,
      );
      const bastion = await administratorOf(aws, bastionId);
      const status = (Status: "Active" | "Inactive") =>
        bastion.send(
          new iam.UpdateAccessKeyCommand({
            UserName: "ada",
            AccessKeyId: key.accessKeyId,
            Status,
          }),
        );
      await status("Inactive");
      await assert.rejects(whoAmI(key), unknown);
      await status("Active");
      await whoAmI(key);
    });

    it("whose body is not the one that was signed", async () => {
      const url = new URL(aws.endpoint);
      const headers = {
        host: url.host,
        "content-type": "application/x-www-form-urlencoded",
      };
      const body = "Action=GetCallerIdentity&Version=2011-06-15";
      const signed = await new SignatureV4({
        service: "sts",
        region: "us-east-1",
        sha256: Sha256,
        credentials: key,
      }).sign({
        method: "POST",
        protocol: "http:",
        hostname: url.hostname,
        path: "/",
        headers,
        body,
      });
      const send = (sent: string) =>
        fetch(url, { method: "POST", headers: signed.headers, body: sent });
      assert.equal((await send(body)).status, 200);
      const changed = await send(
        body.replace("GetCallerIdentity", "GetSessionToken"),
      );
      assert.equal(changed.status, 403);
      assert.match(await changed.text(), /SignatureDoesNotMatch/);
    });

    it("that is not signed", async () => {
      const bare = await fetch(aws.endpoint, {
        method: "POST",
        body: "Action=GetCallerIdentity",
      });
      assert.equal(bare.status, 403);
      assert.match(await bare.text(), /MissingAuthenticationToken/);
    });
  });
});

const credentialsOf = (
  given: sts.Credentials | undefined,
): ClientCredentials => ({
  accessKeyId: given?.AccessKeyId ?? "",
  secretAccessKey: given?.SecretAccessKey ?? "",
  sessionToken: given?.SessionToken ?? "",
});

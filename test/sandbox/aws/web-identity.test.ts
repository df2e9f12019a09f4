import assert from "node:assert/strict";
import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  CreateUserCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleWithWebIdentityCommand,
  STSClient,
  type AssumeRoleWithWebIdentityCommandInput,
} from "@aws-sdk/client-sts";
import { issueToken, type TokenClaims } from "../../../sandbox/aws/tokens";
import { credentialsOf } from "../../../sandbox/signed-request";
import { iamOf } from "./clients";
import {
  bastionId,
  conversationForEach,
  readOnly,
  refused,
} from "./iam/conversation";
import { makeRole } from "./sessions";

const host = "issuer.example";

describe("A session that a token opens", () => {
  const conversation = conversationForEach();
  const { send } = conversation;

  const trustsToken = (Action: string, condition: object = {}) => ({
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::${bastionId}:oidc-provider/${host}` },
    Action,
    Condition: { StringEquals: { [`${host}:aud`]: "aws", ...condition } },
  });
  const open = trustsToken("sts:AssumeRoleWithWebIdentity");

  beforeEach(async () => {
    await send(
      new CreateOpenIDConnectProviderCommand({
        Url: `https://${host}`,
        ClientIDList: ["aws"],
        ThumbprintList: ["a".repeat(40)],
      }),
    );
    await makeRole(conversation, "deploys", open);
    await makeRole(
      conversation,
      "tagged",
      open,
      trustsToken("sts:TagSession", { "aws:RequestTag/team": "a" }),
      trustsToken("sts:SetSourceIdentity"),
    );
  });

  const take = (
    role: string,
    claims: Partial<TokenClaims> = {},
    more: Partial<AssumeRoleWithWebIdentityCommandInput> = {},
  ) =>
    new STSClient({
      endpoint: conversation.aws.endpoint,
      region: "us-east-1",
    }).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: `arn:aws:iam::${bastionId}:role/${role}`,
        RoleSessionName: "run",
        WebIdentityToken: issueToken({
          iss: `https://${host}`,
          aud: "aws",
          sub: "repo",
          exp: Date.now() / 1_000 + 600,
          ...claims,
        }),
        ...more,
      }),
    );
  const claimed = (...teams: readonly string[]): Partial<TokenClaims> => ({
    "https://aws.amazon.com/tags": { principal_tags: { team: teams } },
  });

  it("has all rights of its role, or those inside the policies that come with it", async () => {
    const used = async (
      more: Partial<AssumeRoleWithWebIdentityCommandInput>,
    ) => {
      const { Credentials } = await take("deploys", {}, more);
      return iamOf(conversation.aws, credentialsOf(Credentials));
    };
    const whole = await used({});
    await whole.send(new CreateUserCommand({ UserName: "ada" }));
    const bound = await used({ PolicyArns: [{ arn: readOnly }] });
    await bound.send(new ListUsersCommand({}));
    await refused(
      bound.send(new CreateUserCommand({ UserName: "eve" })),
      "AccessDenied",
      "because no session policy allows the iam:CreateUser action",
    );
  });

  it("is opened only where the trust policy lets the request come from", async () => {
    const deniedFrom = (range: string) => ({
      ...open,
      Effect: "Deny",
      Condition: { IpAddress: { "aws:SourceIp": range } },
    });
    await makeRole(conversation, "near", open, deniedFrom("10.0.0.0/8"));
    await take("near");
    await makeRole(conversation, "far", open, deniedFrom("127.0.0.0/8"));
    await refused(take("far"), "AccessDenied");
  });

  it("has the tags and the source identity of its token, where the role lets it", async () => {
    await take("tagged", claimed("a"));
    await refused(
      take("tagged", claimed("b")),
      "AccessDenied",
      "sts:TagSession",
    );
    await refused(take("deploys", claimed("a")), "AccessDenied");
    const source = { "https://aws.amazon.com/source_identity": "ada" };
    await take("tagged", source);
    await refused(
      take("deploys", source),
      "AccessDenied",
      "sts:SetSourceIdentity",
    );
  });

  const seconds = (by: number) => Math.floor(Date.now() / 1_000) + by;
  /** Claims that no issuer should make; one that is undefined is left out. */
  const faulty: readonly (readonly [
    what: string,
    claims: Readonly<Record<string, unknown>>,
    code: string,
    message: string,
  ])[] = [
    ...["iss", "aud", "sub", "exp", "iat"].map(
      (claim) =>
        [
          `has no ${claim}`,
          { [claim]: undefined },
          "InvalidIdentityToken",
          `Missing a required claim: ${claim}`,
        ] as const,
    ),
    [
      "has its end as text",
      { exp: "2999-01-01" },
      "InvalidIdentityToken",
      "The claim exp is no number",
    ],
    [
      "has several audiences",
      { aud: ["aws", "other"] },
      "InvalidIdentityToken",
      "The claim aud is not one audience",
    ],
    ["has ended", { exp: seconds(-301) }, "ExpiredToken", ""],
    [
      "begins in an hour",
      { nbf: seconds(3_600) },
      "InvalidIdentityToken",
      "not valid yet",
    ],
    [
      "was issued in an hour",
      { iat: seconds(3_600) },
      "InvalidIdentityToken",
      "in the future",
    ],
    [
      "was given to a client that the provider does not list",
      { azp: "other" },
      "InvalidIdentityToken",
      "Incorrect token audience",
    ],
  ];
  for (const [what, claims, code, message] of faulty) {
    it(`is not opened where the token ${what}`, async () => {
      await refused(take("deploys", claims), code, message);
    });
  }

  const team = (key: string, ...values: readonly string[]) => ({
    "https://aws.amazon.com/tags": { principal_tags: { [key]: values } },
  });
  for (const [what, claims, code] of [
    ["a tag of AWS", team("aws:x", "a"), "InvalidParameterValue"],
    ["a long key", team("a".repeat(129), "a"), "InvalidIdentityToken"],
    ["a long value", team("team", "a".repeat(257)), "InvalidIdentityToken"],
    ["a value of no tag", team("team", "a*"), "InvalidIdentityToken"],
    [
      "51 tags",
      {
        "https://aws.amazon.com/tags": {
          principal_tags: Object.fromEntries(
            Array.from({ length: 51 }, (_, index) => [`key${index}`, ["a"]]),
          ),
        },
      },
      "InvalidIdentityToken",
    ],
    [
      "a source identity of one letter",
      { "https://aws.amazon.com/source_identity": "a" },
      "InvalidIdentityToken",
    ],
  ] as const) {
    it(`is not opened with ${what}`, async () => {
      await refused(take("tagged", claims), code);
    });
  }

  const asksFor = (operator: string, key: string, value: string) => ({
    ...open,
    Condition: { [operator]: { [`${host}:${key}`]: value } },
  });
  const withClaim = (claims: object): Partial<TokenClaims> => claims;
  /** What a trust that asks for a claim makes of a token. */
  const asked: readonly (readonly [
    what: string,
    trust: readonly [operator: string, key: string, value: string],
    claims: Partial<TokenClaims>,
    outcome: "ok" | "AccessDenied" | "NotImplemented",
  ])[] = [
    ["brings", ["StringEquals", "email", "a@b"], { email: "a@b" }, "ok"],
    [
      "brings with another value",
      ["StringEquals", "email", "a@b"],
      { email: "c@b" },
      "AccessDenied",
    ],
    [
      "brings among others",
      ["ForAnyValue:StringEquals", "amr", "mfa"],
      { amr: ["pwd", "mfa"] },
      "ok",
    ],
    ["does not bring", ["StringEquals", "email", "a@b"], {}, "AccessDenied"],
    [
      "does not bring, and need not",
      ["StringEqualsIfExists", "actor", "ada"],
      {},
      "ok",
    ],
    [
      "brings, and of which AWS may make no key",
      ["StringEqualsIfExists", "actor", "ada"],
      withClaim({ actor: "ada" }),
      "NotImplemented",
    ],
    [
      "brings, as bytes",
      ["BinaryEquals", "sub", "cmVwbw=="],
      {},
      "NotImplemented",
    ],
  ];
  for (const [what, trust, claims, outcome] of asked) {
    it(`is ${outcome} by a trust that asks for a claim that the token ${what}`, async () => {
      await makeRole(conversation, "asks", asksFor(...trust));
      if (outcome === "ok") await take("asks", claims);
      else await refused(take("asks", claims), outcome);
    });
  }

  it("is opened by a token that has begun, and whose issuer's clock is a little off", async () => {
    await take("deploys", { exp: seconds(-60) });
    await take("deploys", { nbf: seconds(-60), iat: seconds(-60) });
    await take("deploys", { nbf: seconds(60), iat: seconds(60) });
  });

  it("is opened by a token whose audience is a list of one, as Kubernetes has it", async () => {
    const { Audience } = await take("deploys", { aud: ["aws"] });
    assert.equal(Audience, "aws");
    await refused(
      take("deploys", { aud: ["other"] }),
      "InvalidIdentityToken",
      "Incorrect token audience",
    );
  });

  it("is of the client that the token was given to, whomever it is meant for", async () => {
    await send(
      new AddClientIDToOpenIDConnectProviderCommand({
        OpenIDConnectProviderArn: `arn:aws:iam::${bastionId}:oidc-provider/${host}`,
        ClientID: "other",
      }),
    );
    const { Audience } = await take("deploys", { azp: "aws", aud: "other" });
    assert.equal(Audience, "aws");
    await refused(
      take("deploys", { azp: "other", aud: "aws" }),
      "AccessDenied",
    );
    await makeRole(
      conversation,
      "meant",
      trustsToken("sts:AssumeRoleWithWebIdentity", {
        [`${host}:oaud`]: "other",
      }),
    );
    await take("meant", { azp: "aws", aud: "other" });
    await refused(take("meant", { azp: "aws" }), "AccessDenied");
    await refused(take("meant"), "AccessDenied");
  });
});

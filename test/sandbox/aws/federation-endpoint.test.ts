import assert from "node:assert/strict";
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import type { SandboxAws } from "../../../sandbox/aws";
import { allow, trust } from "../../../sandbox/grown-account/make";
import { credentialsOf } from "../../../sandbox/signed-request";
import {
  deploymentIn,
  type ClientCredentials,
} from "../../../sandbox/tour/people";
import {
  administratorOf,
  bastionId,
  devId,
  startTwoAccounts,
  stsOf,
} from "./clients";

type Form = Readonly<Record<string, string>>;

const destination = "https://eu-central-1.console.aws.amazon.com/iam/home";
const roleArn = `arn:aws:iam::${devId}:role/chained`;

describe("the federation endpoint", () => {
  let aws: SandboxAws;
  let role: ClientCredentials;

  beforeEach(async () => {
    aws = await startTwoAccounts();
    role = await deploymentIn(aws, bastionId);
  });

  afterEach(() => aws.close());

  const ask = (form: Form, method: "GET" | "POST" = "GET") => {
    const body = new URLSearchParams(form);
    const url = new URL("/federation", aws.endpoint);
    if (method === "POST") return fetch(url, { method, body });
    url.search = body.toString();
    return fetch(url);
  };

  const sessionOf = ({
    accessKeyId: sessionId,
    secretAccessKey: sessionKey,
    sessionToken = "",
  }: ClientCredentials): string =>
    JSON.stringify({ sessionId, sessionKey, sessionToken });

  const askToken = (by: ClientCredentials, more: Form = {}) =>
    ask({ Action: "getSigninToken", Session: sessionOf(by), ...more });

  const tokenOf = async (by: ClientCredentials, more: Form = {}) => {
    const answer = await askToken(by, more);
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return (JSON.parse(text) as { readonly SigninToken: string }).SigninToken;
  };

  const login = (SigninToken: string, more: Form = {}) =>
    ask({
      Action: "login",
      Issuer: "",
      Destination: destination,
      SigninToken,
      ...more,
    });

  const refusedFor = async (
    answer: Promise<Response>,
    message: RegExp,
  ): Promise<void> => {
    const { status, headers, text } = await answer.then(async (one) => ({
      status: one.status,
      headers: one.headers,
      text: await one.text(),
    }));
    assert.equal(status, 400, text);
    assert.match(headers.get("content-type") ?? "", /^text\/html/);
    assert.match(text, message);
  };

  const untilIn = (text: string): number =>
    Date.parse(/<td>(\d{4}-[\d-]+T[\d:.]+Z)<\/td>/.exec(text)?.[1] ?? "");

  /** The role that is taken with a role's credentials. */
  const chained = async (DurationSeconds?: number) => {
    const dev = await administratorOf(aws, devId);
    const caller = `arn:aws:iam::${devId}:role/OrganizationAccountAccessRole`;
    await dev.send(
      new CreateRoleCommand({
        RoleName: "chained",
        AssumeRolePolicyDocument: trust({ AWS: caller }),
      }),
    );
    const { Credentials } = await stsOf(
      aws,
      await deploymentIn(aws, devId),
    ).send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: "ada",
        DurationSeconds,
      }),
    );
    return credentialsOf(Credentials);
  };

  const federated = async () => {
    const bastion = await administratorOf(aws, bastionId);
    await bastion.send(new CreateUserCommand({ UserName: "ada" }));
    await bastion.send(
      new PutUserPolicyCommand({
        UserName: "ada",
        PolicyName: "p",
        PolicyDocument: allow("*"),
      }),
    );
    const { AccessKey: key } = await bastion.send(
      new CreateAccessKeyCommand({ UserName: "ada" }),
    );
    const { Credentials } = await stsOf(aws, {
      accessKeyId: key?.AccessKeyId ?? "",
      secretAccessKey: key?.SecretAccessKey ?? "",
    }).send(new GetFederationTokenCommand({ Name: "guest" }));
    return credentialsOf(Credentials);
  };

  it("leads a role to a page that says who one is, where, and until when", async () => {
    const answer = await login(await tokenOf(role));
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    const arn = `arn:aws:sts::${bastionId}:assumed-role/OrganizationAccountAccessRole/administrator`;
    for (const fact of [arn, `${bastionId} (bastion)`, destination]) {
      assert.ok(text.includes(`<td>${fact}</td>`), text);
    }
    const left = untilIn(text) - Date.now();
    assert.ok(left > 3_500_000 && left <= 3_600_000, text);
  });

  it("is asked by POST as well", async () => {
    const answer = await ask(
      { Action: "getSigninToken", Session: sessionOf(role) },
      "POST",
    );
    assert.match(await answer.text(), /^\{"SigninToken":"[^"]+"\}$/);
  });

  it("lasts as long as SessionDuration says, up to twelve hours", async () => {
    const token = await tokenOf(role, { SessionDuration: "43200" });
    const left = untilIn(await (await login(token)).text()) - Date.now();
    assert.ok(left > 43_100_000 && left <= 43_200_000);
    for (const SessionDuration of ["899", "43201", "1h", "-1", ""]) {
      await refusedFor(
        askToken(role, { SessionDuration }),
        /SessionDuration: expected seconds, from 900 to 43200/,
      );
    }
  });

  it("takes a chained role, but for no time of its own", async () => {
    const by = await chained();
    assert.equal((await login(await tokenOf(by))).status, 200);
    await refusedFor(
      askToken(by, { SessionDuration: "3600" }),
      /not with a role that was taken by role chaining/,
    );
  });

  it("takes no chained role that was asked for with DurationSeconds", async () => {
    await refusedFor(
      askToken(await chained(900)),
      /AssumeRole had DurationSeconds/,
    );
  });

  it("takes whom GetFederationToken vouches for, with its duration alone", async () => {
    const by = await federated();
    const text = await (await login(await tokenOf(by))).text();
    assert.ok(
      text.includes(`arn:aws:sts::${bastionId}:federated-user/guest`),
      text,
    );
    await refusedFor(
      askToken(by, { SessionDuration: "3600" }),
      /not with credentials of GetFederationToken/,
    );
  });

  it("takes no credentials of GetSessionToken, and no long-term ones", async () => {
    const { Credentials } = await stsOf(aws, aws.deployment).send(
      new GetSessionTokenCommand({}),
    );
    await refusedFor(
      askToken(credentialsOf(Credentials)),
      /found those of GetSessionToken/,
    );
    await refusedFor(
      askToken({ ...aws.deployment, sessionToken: "none" }),
      /not valid/,
    );
  });

  it("takes no credentials that are not whole, or not any more", async () => {
    for (const other of [
      { ...role, secretAccessKey: "another" },
      { ...role, sessionToken: "another" },
      { ...role, accessKeyId: "ASIAAAAAAAAAAAAAAAAA" },
    ]) {
      await refusedFor(askToken(other), /these credentials are not valid/);
    }
    const token = await tokenOf(role);
    aws.clock.advance(3_601);
    await refusedFor(askToken(role), /these credentials have expired/);
    await refusedFor(login(token), /SigninToken: not valid/);
  });

  it("takes a sign-in token for 15 minutes", async () => {
    const token = await tokenOf(role);
    aws.clock.advance(14 * 60);
    assert.equal((await login(token)).status, 200);
    aws.clock.advance(60);
    await refusedFor(login(token), /SigninToken: not valid/);
    await refusedFor(login("made up"), /SigninToken: not valid/);
  });

  it("knows no session of a role that is gone", async () => {
    const token = await tokenOf(await chained());
    const dev = await administratorOf(aws, devId);
    await dev.send(new DeleteRoleCommand({ RoleName: "chained" }));
    assert.notEqual((await login(token)).status, 200);
  });

  for (const form of [
    {},
    { Action: "constructor" },
    { Action: "getSigninToken" },
    { Action: "getSigninToken", Session: "[]" },
    { Action: "getSigninToken", Session: "{}" },
    { Action: "getSigninToken", Session: '{"sessionId":1}' },
    { Action: "login", SigninToken: "a" },
    { Action: "login", Destination: destination },
  ] as readonly Form[]) {
    it(`refuses what is no request of it: ${JSON.stringify(form)}`, async () => {
      await refusedFor(ask(form), /<h1>Bad Request<\/h1>/);
    });
  }

  it("writes what it was given as text, and lets the page load and run nothing", async () => {
    const hostile = `"'><script>alert(1)</script>&amp;\u0000`;
    const token = await tokenOf(role);
    const answer = await login(token, {
      Destination: `https://example.com/${hostile}`,
      Issuer: hostile,
    });
    const text = await answer.text();
    assert.equal(answer.status, 200);
    assert.ok(!text.includes("<script"), text);
    assert.ok(text.includes("&lt;script&gt;alert(1)&lt;/script&gt;"), text);
    assert.doesNotMatch(text, /href|src=/);
    assert.match(
      answer.headers.get("content-security-policy") ?? "",
      /default-src 'none'/,
    );
    assert.equal(answer.headers.get("referrer-policy"), "no-referrer");
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.ok(!text.includes(token));
  });
});

import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { authenticate } from "./callers";
import { authorize } from "./authorize";
import { signIn } from "./console";
import type { SignInRequest } from "./console-client";
import { decide } from "./decision";
import { iamOperations } from "./iam";
import type { Cloud } from "./model";
import { AwsError, type Call, type Operation } from "./operation";
import { dynamodb } from "./services/dynamodb";
import { ec2 } from "./services/ec2";
import { events } from "./services/events";
import { kms } from "./services/kms";
import { s3 } from "./services/s3";
import type { Answer, Service } from "./services/service";
import {
  readAuthorization,
  type Authorization,
  type ReceivedRequest,
} from "./signature";
import { snsOperations } from "./sns";
import { stsOperations } from "./sts";
import { assumeRoleWithWebIdentity, webIdentityAction } from "./web-identity";
import { renderError, renderResult, type QueryService } from "./xml";

const queryServices: Readonly<
  Record<QueryService, ReadonlyMap<string, Operation>>
> = { iam: iamOperations, sts: stsOperations, sns: snsOperations };

const otherServices: Readonly<Record<string, Service>> = {
  s3,
  ec2,
  dynamodb,
  events,
  kms,
};

/** AWS's endpoint: every service and every account behind one address. */
export function awsServer(cloud: Cloud): Server {
  return createServer((message, response) => {
    void receive(message)
      .then((request) => answer(cloud, request, sourceOf(message)))
      .then(({ status, type, body }) => {
        response.writeHead(status, { "content-type": type }).end(body);
      });
  });
}

/** AWS writes IPv4 addresses the short way. */
const sourceOf = (message: IncomingMessage): string =>
  (message.socket.remoteAddress ?? "").replace(/^::ffff:/, "");

async function receive(message: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return {
    method: message.method ?? "GET",
    url: new URL(message.url ?? "/", "http://127.0.0.1"),
    headers: message.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

async function answer(
  cloud: Cloud,
  request: ReceivedRequest,
  sourceIp: string,
): Promise<Answer> {
  if (request.url.pathname === "/console/sign-in") {
    return answerConsole(cloud, request, sourceIp);
  }
  try {
    if (isWebIdentity(request)) return answerWebIdentity(cloud, request);
    const authorization = readAuthorization(request);
    const { service } = authorization;
    return isQueryService(service)
      ? await answerQuery(cloud, request, authorization, service, sourceIp)
      : await answerOther(cloud, request, authorization, sourceIp);
  } catch (error) {
    return refuse("sts", error);
  }
}

/** The one call of AWS that nobody signs. */
const isWebIdentity = ({ headers, body }: ReceivedRequest): boolean =>
  headers.authorization === undefined &&
  new URLSearchParams(body).get("Action") === webIdentityAction;

function answerWebIdentity(cloud: Cloud, { body }: ReceivedRequest): Answer {
  const parameters = new Map(new URLSearchParams(body));
  const result = assumeRoleWithWebIdentity(cloud, parameters);
  return {
    status: 200,
    type: "text/xml",
    body: renderResult("sts", webIdentityAction, result, randomUUID()),
  };
}

const isQueryService = (service: string): service is QueryService =>
  Object.hasOwn(queryServices, service);

async function callOf(
  cloud: Cloud,
  request: ReceivedRequest,
  authorization: Authorization,
  sourceIp: string,
): Promise<Call> {
  const caller = await authenticate(cloud, request, authorization);
  const account = cloud.accounts.get(caller.accountId);
  if (!account) throw new Error(`no account ${caller.accountId}`);
  const form = new URLSearchParams(
    request.method === "POST" ? request.body : request.url.search,
  );
  return {
    cloud,
    account,
    caller,
    parameters: new Map(form),
    sourceIp,
    region: authorization.region,
  };
}

async function answerQuery(
  cloud: Cloud,
  request: ReceivedRequest,
  authorization: Authorization,
  service: QueryService,
  sourceIp: string,
): Promise<Answer> {
  try {
    const call = await callOf(cloud, request, authorization, sourceIp);
    const action = call.parameters.get("Action") ?? "";
    const operation = queryServices[service].get(action);
    if (!operation) {
      throw new AwsError(
        "InvalidAction",
        `Could not find operation ${action}: the sandbox's ${service} does not know it`,
      );
    }
    await authorize(call, operation);
    const body = renderResult(
      service,
      action,
      operation.run(call),
      randomUUID(),
    );
    return { status: 200, type: "text/xml", body };
  } catch (error) {
    return refuse(service, error);
  }
}

function refuse(service: QueryService, error: unknown): Answer {
  const told = toAwsError(error);
  return {
    status: told.status,
    type: "text/xml",
    body: renderError(service, told, randomUUID()),
  };
}

/** A fault of the sandbox itself is told as AWS tells its own. */
const toAwsError = (error: unknown): AwsError =>
  error instanceof AwsError
    ? error
    : new AwsError(
        "ServiceFailure",
        error instanceof Error ? (error.stack ?? error.message) : String(error),
        500,
      );

async function answerOther(
  cloud: Cloud,
  request: ReceivedRequest,
  authorization: Authorization,
  sourceIp: string,
): Promise<Answer> {
  const service = otherServices[authorization.service];
  if (!service) {
    throw new AwsError(
      "InvalidAction",
      `The sandbox knows ${Object.keys({ ...queryServices, ...otherServices }).join(", ")}, and not ${authorization.service}`,
    );
  }
  try {
    const call = await callOf(cloud, request, authorization, sourceIp);
    const wish = service.read(call, request);
    if (!wish) {
      throw new AwsError(
        "NotImplemented",
        `The sandbox knows only a few calls of ${authorization.service}, and not this one`,
        501,
      );
    }
    await decide(call, wish, "allow");
    return wish.run();
  } catch (error) {
    return service.refuse(toAwsError(error));
  }
}

async function answerConsole(
  cloud: Cloud,
  { body }: ReceivedRequest,
  sourceIp: string,
): Promise<Answer> {
  const type = "application/json";
  try {
    const request = JSON.parse(body) as SignInRequest;
    const { accessKeyId, secret, token } = await signIn(
      cloud,
      request,
      sourceIp,
    );
    const credentials = {
      accessKeyId,
      secretAccessKey: secret,
      sessionToken: token,
    };
    return { status: 200, type, body: JSON.stringify(credentials) };
  } catch (error) {
    const { code, message, status } = toAwsError(error);
    return { status, type, body: JSON.stringify({ code, message }) };
  }
}

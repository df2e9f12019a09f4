import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import { accountsPage } from "./accounts-page";
import { authenticate } from "./callers";
import { signInPage } from "./console";
import { tellingRefusal, unknownCaller } from "./decided";
import { federationEndpoint } from "./federation-endpoint";
import { mailPage } from "./mail-page";
import { askedCall } from "./faults/asked-call";
import {
  AnswerCut,
  ConnectionDropped,
  FaultInjection,
  NoAnswer,
} from "./faults/injection";
import { callSeeing } from "./faults/seen";
import type { Cloud } from "./model";
import { AwsError } from "./errors";
import { requestedRegion } from "./one-endpoint";
import type { Caller, SignedCall } from "./operation";
import {
  formOf,
  operationOf,
  receive,
  usualLimits,
  type ReceivedRequest,
  type RequestLimits,
} from "./request";
import { services, sts } from "./services";
import { absentService } from "./absent-operations/absent-service";
import { queryRequest } from "./services/query";
import type { Answer, Page, Service } from "./services/service";
import type { ServiceName } from "./service-models/service-model";
import { addressedService } from "./signature/addressed";
import { readClaim, type Claim } from "./signature/claim";
import { takeRoleWithToken, webIdentityAction } from "./web-identity";
import { queryAnswer } from "./xml";

/** By path. */
const pages: ReadonlyMap<string, Page> = new Map([
  ["/console/sign-in", signInPage],
  ["/federation", federationEndpoint],
  ["/sandbox/accounts", accountsPage],
  ["/sandbox/mail", mailPage],
]);

/** AWS's endpoint: every service and every account behind one address. */
export function awsServer(
  cloud: Cloud,
  limits: RequestLimits = usualLimits,
  faults: FaultInjection = new FaultInjection(cloud),
): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.headers,
      headersTimeout: limits.headersTime,
      requestTimeout: limits.requestTime,
      connectionsCheckingInterval: Math.min(1_000, limits.headersTime),
    },
    (message, response) => {
      void serve(
        (request) => answer(cloud, faults, request),
        limits,
        message,
        response,
      );
    },
  );
  server.on("clientError", refuseConnection);
  return server;
}

/** Answers one request. Never rejects: what goes wrong here must not end the process. */
async function serve(
  answerTo: (request: ReceivedRequest) => Promise<Answer>,
  limits: RequestLimits,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The client went away before its answer: there is nobody left to tell.
  response.on("error", () => response.destroy());
  try {
    const { status, type, body, headers } = await receive(message, limits).then(
      answerTo,
      (error: unknown) => {
        if (error instanceof AwsError) return sts.refuse(error);
        throw error;
      },
    );
    response.writeHead(status, {
      "content-type": type,
      ...headers,
      // What was not read to its end can't be followed by another request.
      ...(message.complete ? {} : { connection: "close" }),
    });
    response.end(body);
  } catch (error) {
    if (error instanceof AnswerCut) cutOff(response, error.answer);
    else if (!(error instanceof NoAnswer)) response.destroy();
  }
}

/** Of these the client learns nothing, and less than all. */
const lostAnswers = [AnswerCut, ConnectionDropped, NoAnswer];

function cutOff(
  response: ServerResponse,
  { status, type, body }: Answer,
): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
  });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

const statusLines: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** What Node.js can't read as HTTP, or what takes too long, gets a plain answer. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusLines[error.code ?? ""] ?? "400 Bad Request";
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
    () => socket.destroy(),
  );
}

async function answer(
  cloud: Cloud,
  faults: FaultInjection,
  request: ReceivedRequest,
): Promise<Answer> {
  const page = pages.get(request.url.pathname);
  const meant = addressedService(request);
  let service: Pick<Service, "refuse"> =
    page ?? (meant === undefined ? sts : serviceOf(meant, request));
  try {
    if (page) return await page.respond(cloud, request);
    if (isWebIdentity(request)) {
      const nobody = { accountId: "", accessKeyId: "" };
      return await faults.around(askedCall("sts", request, nobody), (seen) =>
        answerWebIdentity(seen, request),
      );
    }
    const claim = claimOf(cloud, request, meant);
    const call = callOf(cloud, request, claim);
    const addressed = serviceOf(claim.service, request);
    service = addressed;
    const asked = askedCall(claim.service, request, {
      accountId: call.account.id,
      accessKeyId: claim.accessKeyId,
    });
    return await faults.around(asked, (seen) =>
      addressed.respond(
        seen === cloud ? call : callSeeing(call, asked, seen),
        request,
      ),
    );
  } catch (error) {
    if (lostAnswers.some((lost) => error instanceof lost)) throw error;
    return service.refuse(toAwsError(error));
  }
}

const serviceOf = (
  name: string,
  request: ReceivedRequest,
): Pick<Service, "respond" | "refuse"> =>
  services.get(name as ServiceName) ??
  absentService(name, [...services.keys()], request);

/** The one call of AWS that nobody signs. */
const isWebIdentity = (request: ReceivedRequest): boolean =>
  request.headers.authorization === undefined &&
  formOf(request).get("Action") === webIdentityAction;

async function answerWebIdentity(
  cloud: Cloud,
  request: ReceivedRequest,
): Promise<Answer> {
  const { parameters } = tellingRefusal(
    cloud,
    askedBy("a token", "sts", request),
    () => queryRequest("sts", formOf(request)),
  );
  const { sourceIp } = request;
  const result = await takeRoleWithToken(cloud, parameters, sourceIp);
  return queryAnswer("sts", webIdentityAction, result);
}

const claimOf = (
  cloud: Cloud,
  request: ReceivedRequest,
  service: string | undefined,
): Claim =>
  tellingRefusal(
    cloud,
    askedBy("no readable signature", service, request),
    () => readClaim(request),
  );

const callerOf = (
  cloud: Cloud,
  request: ReceivedRequest,
  claim: Claim,
): Caller =>
  tellingRefusal(
    cloud,
    askedBy(`${unknownCaller} ${claim.accessKeyId}`, claim.service, request),
    () => authenticate(cloud, request, claim),
  );

function askedBy(
  caller: string,
  service: string | undefined,
  request: ReceivedRequest,
) {
  const name = operationOf(request) ?? "*";
  const action = service === undefined ? name : `${service}:${name}`;
  return { caller, action, resource: "*" };
}

function callOf(
  cloud: Cloud,
  request: ReceivedRequest,
  claim: Claim,
): SignedCall {
  const caller = callerOf(cloud, request, claim);
  const account = cloud.accounts.get(caller.accountId);
  if (!account) throw new Error(`no account ${caller.accountId}`);
  return {
    cloud,
    account,
    caller,
    sourceIp: request.sourceIp,
    region: requestedRegion(claim.scope.service, claim.region),
    userAgent: request.headers["user-agent"],
    referer: request.headers.referer,
  };
}

/** A fault of the sandbox itself is told as AWS tells its own. */
const toAwsError = (error: unknown): AwsError =>
  error instanceof AwsError
    ? error
    : new AwsError(
        "ServiceFailure",
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );

import { timingSafeEqual } from "node:crypto";
import { callerOfSession } from "./callers";
import { callerArn } from "./context";
import { AwsError } from "./errors";
import { htmlPage } from "./html-page";
import { newToken } from "./ids";
import type { Cloud, Session } from "./model";
import { formOf } from "./request";
import { JsonBody } from "./services/json-body";
import type { Answer, Page } from "./services/service";

/** A sign-in token, and what it lets somebody sign in as. */
interface SigninToken {
  readonly session: Session;
  /** Milliseconds of the sandbox's clock. */
  readonly validUntil: number;
  /** Seconds that the console's session lasts; left out: as long as the credentials. */
  readonly duration: number | undefined;
}

/** Milliseconds that a sign-in token is valid. */
const tokenLife = 15 * 60_000;

const tokensOf = new WeakMap<Cloud, Map<string, SigninToken>>();

const actions: Readonly<
  Record<string, (cloud: Cloud, form: URLSearchParams) => Answer>
> = { getSigninToken, login };

/**
 * AWS's federation endpoint: temporary credentials for a sign-in token, the token for the console.
 * Here the console is a page that says who one is.
 *
 * Source: IAM User Guide, "Enable custom identity broker access to the AWS console".
 */
export const federationEndpoint: Page = {
  respond: (cloud, request) => {
    const form = formOf(request);
    const name = form.get("Action") ?? "";
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) throw invalid("Action: expected getSigninToken or login");
    return action(cloud, form);
  },
  refuse: ({ status, message }) =>
    htmlPage(status, {
      title: status < 500 ? "Bad Request" : "Error",
      facts: {},
      note: message === "" ? "The request can't be answered." : message,
    }),
};

const invalid = (message: string): AwsError =>
  new AwsError("InvalidRequest", message);

function getSigninToken(cloud: Cloud, form: URLSearchParams): Answer {
  const session = sessionIn(cloud, form);
  const duration = durationIn(form);
  refuseSession(session, duration);
  const now = cloud.now().getTime();
  const token = newToken();
  const kept = [...(tokensOf.get(cloud) ?? [])].filter(
    ([, { validUntil }]) => now < validUntil,
  );
  const validUntil = now + tokenLife;
  tokensOf.set(
    cloud,
    new Map([...kept, [token, { session, validUntil, duration }]]),
  );
  return {
    status: 200,
    type: "application/json",
    body: JSON.stringify({ SigninToken: token }),
    headers: { "cache-control": "no-store" },
  };
}

/** @throws AwsError for credentials that are none of the sandbox's, or that are none any more. */
function sessionIn(cloud: Cloud, form: URLSearchParams): Session {
  const given = credentialsIn(form.get("Session") ?? "");
  const session = cloud.sessions.get(given.text("sessionId"));
  const genuine =
    session !== undefined &&
    isSame(given.text("sessionKey"), session.secret) &&
    isSame(given.text("sessionToken"), session.token);
  if (!genuine) throw invalid("Session: these credentials are not valid");
  checkAlive(cloud, session);
  return session;
}

function credentialsIn(text: string): JsonBody {
  try {
    return JsonBody.parse(text);
  } catch {
    throw invalid(
      "Session: expected JSON with sessionId, sessionKey and sessionToken",
    );
  }
}

function checkAlive(cloud: Cloud, session: Session): void {
  if (cloud.now() >= session.expiresAt) {
    throw invalid("Session: these credentials have expired");
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function durationIn(form: URLSearchParams): number | undefined {
  const text = form.get("SessionDuration");
  if (text === null) return undefined;
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 900 && seconds <= 43_200) return seconds;
  throw invalid("SessionDuration: expected seconds, from 900 to 43200");
}

/** @throws AwsError for sessions that AWS lets into no console, and for durations that it gives none. */
function refuseSession({ origin }: Session, duration?: number): void {
  if (origin.kind === "user") {
    if (origin.through !== "GetFederationToken") {
      throw invalid(
        `Session: expected credentials of AssumeRole or GetFederationToken, found those of ${origin.through}`,
      );
    }
    if (duration === undefined) return;
    throw invalid(
      "SessionDuration: not with credentials of GetFederationToken, whose own duration counts",
    );
  }
  if (origin.chained === undefined) return;
  if (duration !== undefined) {
    throw invalid(
      "SessionDuration: not with a role that was taken by role chaining",
    );
  }
  if (origin.chained.askedDuration) {
    throw invalid(
      "Session: AssumeRole had DurationSeconds, and was not called with long-term credentials",
    );
  }
}

function login(cloud: Cloud, form: URLSearchParams): Answer {
  const destination = destinationIn(form);
  const token = tokensOf.get(cloud)?.get(form.get("SigninToken") ?? "");
  if (!token || cloud.now().getTime() >= token.validUntil) {
    throw invalid("SigninToken: not valid, or older than 15 minutes");
  }
  const { session, duration } = token;
  checkAlive(cloud, session);
  const caller = callerOfSession(cloud, session, "sts");
  const { accountId } = session;
  const until =
    duration === undefined
      ? session.expiresAt
      : new Date(cloud.now().getTime() + duration * 1_000);
  return htmlPage(200, {
    title: "Signed in to the sandbox's console",
    facts: {
      ARN: callerArn(cloud, caller),
      Account: `${accountId} (${cloud.accounts.get(accountId)?.name ?? ""})`,
      Until: until.toISOString(),
      Destination: destination,
      Issuer: form.get("Issuer") ?? "",
    },
    note: "AWS would go on to the destination now. This page leads nowhere.",
  });
}

function destinationIn(form: URLSearchParams): string {
  const destination = form.get("Destination") ?? "";
  if (URL.canParse(destination)) return destination;
  throw invalid("Destination: expected an address of the console");
}

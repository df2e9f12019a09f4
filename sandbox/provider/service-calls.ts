import { convert } from "xmlbuilder2";
import { retried } from "./retries";
import { sendSigned, type Credentials } from "../signed-request";

export type Body = Readonly<Record<string, unknown>>;

/** Calls of services outside IAM and STS in one region, signed as their SDK would sign them. */
export interface ServiceCalls {
  readonly events: (action: string, body: Body) => Promise<Body>;
  readonly kms: (action: string, body: Body) => Promise<Body>;
  /** Parameters by their dotted names in, the result's elements out. */
  readonly sns: (
    action: string,
    parameters: Readonly<Record<string, string>>,
  ) => Promise<Body>;
}

/** What stands before the action in the header that names it. */
const targets = { events: "AWSEvents", kms: "TrentService" } as const;

/** By hand: the SDK has a package for each service, and a few calls of each are made. */
export function serviceCalls(
  endpoint: string,
  credentials: Credentials,
  region: string,
): ServiceCalls {
  const json =
    (service: keyof typeof targets) => (action: string, body: Body) =>
      retried(async () => {
        const { ok, status, text } = await sendSigned(endpoint, credentials, {
          service,
          region,
          method: "POST",
          body: JSON.stringify(body),
          headers: {
            "content-type": "application/x-amz-json-1.1",
            "x-amz-target": `${targets[service]}.${action}`,
          },
        });
        const answer = JSON.parse(text) as Body;
        if (ok) return answer;
        throw serviceError(answer["__type"], answer["message"], status);
      });
  return {
    events: json("events"),
    kms: json("kms"),
    sns: (action, parameters) =>
      retried(async () => {
        const { ok, status, text } = await sendSigned(endpoint, credentials, {
          service: "sns",
          region,
          method: "POST",
          body: new URLSearchParams({
            Action: action,
            Version: "2010-03-31",
            ...parameters,
          }).toString(),
          headers: { "content-type": "application/x-www-form-urlencoded" },
        });
        const answer = child(convert(text, { format: "object" }), ok, action);
        if (ok) return answer;
        throw serviceError(answer["Code"], answer["Message"], status);
      }),
  };
}

/** `<ActionResponse><ActionResult>`, or `<ErrorResponse><Error>`. */
function child(document: unknown, ok: boolean, action: string): Body {
  const [outer, inner] = ok
    ? [`${action}Response`, `${action}Result`]
    : ["ErrorResponse", "Error"];
  const response = (document as Readonly<Record<string, Body>>)[outer];
  const result = response?.[inner];
  return typeof result === "object" && result !== null ? (result as Body) : {};
}

/** As the SDK's clients make them. */
const serviceError = (
  code: unknown,
  message: unknown,
  httpStatusCode: number,
): Error =>
  Object.assign(new Error(String(message)), {
    name: String(code),
    $metadata: { httpStatusCode },
  });

/** SNS's maps: a list of entries, where one alone is no list. */
export function entriesOf(map: unknown): Readonly<Record<string, string>> {
  const pairs = several(map, "entry").map(({ key, value }) => [
    String(key),
    String(value),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

export const membersOf = (list: unknown): readonly Body[] =>
  several(list, "member");

function several(list: unknown, name: string): readonly Body[] {
  const found = (list as Body | undefined)?.[name];
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly Body[]) : [found as Body];
}

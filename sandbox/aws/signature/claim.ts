import type { ReceivedRequest } from "../request";
import { addressedService } from "./addressed";
import { signatureError } from "./faults";
import { readDate } from "./date";

/** What a request says of its signature, before any of it is believed. */
export interface Claim {
  /** A presigned request has it in its address. */
  readonly place: "header" | "query";
  readonly accessKeyId: string;
  readonly scope: Scope;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly signedAt: Date;
  /** As it was written. */
  readonly token: string | undefined;
  /** `X-Amz-Expires`, as it was written. */
  readonly expires: string | undefined;
}

/** What the signing key is derived for. */
export interface Scope {
  /** As `20261121`. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `aws4_request` */
  readonly terminator: string;
}

const algorithm = "AWS4-HMAC-SHA256";

/** The three parts of a signature; in an address they have a prefix. */
const parts = ["Credential", "Signature", "SignedHeaders"] as const;
type Parts = Readonly<Partial<Record<(typeof parts)[number], string>>>;

/** @throws AwsError when there is no signature, or one that is not of Signature Version 4's form. */
export function readClaim(request: ReceivedRequest): Claim {
  const { authorization } = request.headers;
  const isPresigned = ["Algorithm", "Credential", "Signature"].some((name) =>
    request.url.searchParams.has(`X-Amz-${name}`),
  );
  const service = addressedService(request) ?? "";
  if (authorization?.startsWith("AWS4-") && isPresigned) {
    throw signatureError(
      service,
      "mismatch",
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    );
  }
  if (isPresigned) return readQuery(request, service);
  if (authorization?.startsWith("AWS4-")) {
    return readHeader(request, authorization, service);
  }
  throw signatureError(service, "unsigned");
}

function readHeader(
  { headers }: ReceivedRequest,
  authorization: string,
  service: string,
): Claim {
  const [scheme = ""] = authorization.split(" ", 1);
  const given = partsOf(authorization.slice(scheme.length));
  const date = headers["x-amz-date"] ?? headers.date;
  const missing = [
    ...parts
      .filter((part) => !given[part])
      .map((part) => `Authorization header requires '${part}' parameter. `),
    ...(date === undefined
      ? [
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
        ]
      : []),
  ];
  if (missing.length > 0) {
    const message = `${missing.join("")}Authorization=${authorization}`;
    throw signatureError(service, "incomplete", message);
  }
  return {
    ...claimOf(service, scheme, given, String(date)),
    place: "header",
    token: single(headers["x-amz-security-token"]),
    expires: undefined,
  };
}

const partsOf = (text: string): Parts =>
  Object.fromEntries(
    text.split(",").map((one) => {
      const [name = "", ...value] = one.trim().split("=");
      return [name, value.join("=")];
    }),
  );

function readQuery({ url }: ReceivedRequest, service: string): Claim {
  const read = (name: string) => url.searchParams.get(`X-Amz-${name}`) ?? "";
  const needed = ["Algorithm", ...parts, "Date"];
  if (service === "s3") needed.push("Expires");
  const missing = needed
    .filter((name) => read(name) === "")
    .map((name) => `AWS query-string parameters must include 'X-Amz-${name}'.`);
  if (missing.length > 0) {
    const all = needed.map((name) => `X-Amz-${name}`).join(", ");
    const message =
      service === "s3"
        ? `Query-string authentication version 4 requires the ${all} parameters.`
        : `${missing.join(" ")} Re-examine the query-string parameters.`;
    throw signatureError(service, "incomplete query", message);
  }
  const given = Object.fromEntries(parts.map((part) => [part, read(part)]));
  return {
    ...claimOf(service, read("Algorithm"), given, read("Date")),
    place: "query",
    token: read("Security-Token") || undefined,
    expires: read("Expires") || undefined,
  };
}

function claimOf(
  addressed: string,
  scheme: string,
  { Credential = "", Signature = "", SignedHeaders = "" }: Parts,
  date: string,
): Omit<Claim, "place" | "token" | "expires"> {
  if (scheme !== algorithm) {
    throw signatureError(
      addressed,
      "incomplete",
      `Unsupported AWS 'algorithm': '${scheme}' (only ${algorithm} for now).`,
    );
  }
  const elements = Credential.split("/");
  const [accessKeyId, day, region, service, terminator] = elements;
  if (
    elements.length !== 5 ||
    !accessKeyId ||
    day === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined
  ) {
    throw signatureError(
      addressed,
      "incomplete",
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${Credential}'`,
    );
  }
  const signedAt = readDate(date);
  if (signedAt === undefined) {
    throw signatureError(
      service,
      "incomplete",
      `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  return {
    accessKeyId,
    scope: { date: day, region, service, terminator },
    region,
    service,
    signedHeaders: SignedHeaders.toLowerCase().split(";"),
    signature: Signature,
    signedAt,
  };
}

const single = (
  header: string | readonly string[] | undefined,
): string | undefined => (typeof header === "string" ? header : header?.[0]);

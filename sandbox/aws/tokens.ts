import { createSign, createVerify, generateKeyPairSync } from "node:crypto";
import { AwsError } from "./errors";

/** What an OIDC token says, as far as AWS looks at it. */
export interface TokenClaims {
  /** The issuer's address, `https://…`. */
  readonly iss: string;
  /** One, which Kubernetes writes as a list of one. */
  readonly aud: string | readonly string[];
  /** Whom the token was given to, where that is not who it is meant for. */
  readonly azp?: string;
  readonly sub: string;
  /** How its subject was recognised. */
  readonly amr?: string | readonly string[];
  readonly email?: string;
  /** Seconds since 1970, as the two after it. */
  readonly exp: number;
  /** When it was issued; the issuer says so by itself. */
  readonly iat?: number;
  /** Before that it is not valid. */
  readonly nbf?: number;
  readonly "https://aws.amazon.com/tags"?: TokenTags;
  readonly "https://aws.amazon.com/source_identity"?: string;
}

/** The session tags that a token carries; AWS takes one value for a key. */
interface TokenTags {
  readonly principal_tags: Readonly<Record<string, readonly string[]>>;
  readonly transitive_tag_keys?: readonly string[];
}

/** Every issuer of the sandbox signs with this key; a real one publishes its own. */
const keys = () =>
  (madeKeys ??= generateKeyPairSync("rsa", { modulusLength: 2_048 }));

let madeKeys: ReturnType<typeof generateKeyPairSync> | undefined;

const encode = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token as an identity provider would issue it. */
export function issueToken(claims: TokenClaims): string {
  const said = { iat: Math.floor(Date.now() / 1_000), ...claims };
  const signed = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(said)}`;
  const signature = createSign("RSA-SHA256")
    .update(signed)
    .sign(keys().privateKey, "base64url");
  return `${signed}.${signature}`;
}

const invalid = (message: string): AwsError =>
  new AwsError("InvalidIdentityToken", message);

/** @throws AwsError InvalidIdentityToken, ExpiredTokenException. */
export function readToken(token: string, now: Date): TokenClaims {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const isGenuine = createVerify("RSA-SHA256")
    .update(`${header}.${payload}`)
    .verify(keys().publicKey, signature, "base64url");
  if (!isGenuine) throw invalid("Couldn't verify the signature of the token");
  const claims: unknown = JSON.parse(
    Buffer.from(payload, "base64url").toString("utf8"),
  );
  checkClaims(claims);
  checkTimes(claims, now.getTime() / 1_000);
  return claims;
}

/** Source: IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM". */
const required = {
  iss: "string",
  sub: "string",
  exp: "number",
  iat: "number",
} as const;

const others = { azp: "string", email: "string", nbf: "number" } as const;

function checkClaims(claims: unknown): asserts claims is TokenClaims {
  const given = new Map<string, unknown>(Object.entries(claims ?? {}));
  const missing = ["aud", ...Object.keys(required)].find(
    (name) => !given.has(name),
  );
  if (missing !== undefined) {
    throw invalid(`Missing a required claim: ${missing}`);
  }
  const wrong = Object.entries({ ...required, ...others }).find(
    ([name, type]) => given.has(name) && typeof given.get(name) !== type,
  );
  if (wrong) throw invalid(`The claim ${wrong[0]} is no ${wrong[1]}`);
  const audiences = [given.get("aud")].flat();
  if (audiences.length === 1 && typeof audiences[0] === "string") return;
  throw invalid("The claim aud is not one audience");
}

/**
 * Seconds that an issuer's clock may be off. AWS tells of them for a token's end, in the IAM User Guide,
 * "OIDC federation"; for its beginning they are the sandbox's own measure.
 */
const skew = 300;

function checkTimes({ exp, iat = 0, nbf = 0 }: TokenClaims, now: number): void {
  if (exp + skew <= now)
    throw new AwsError("ExpiredTokenException", "Token expired");
  if (iat > now + skew) throw invalid("Token was issued in the future");
  if (nbf > now + skew) throw invalid("Token is not valid yet");
}

/** Whom a token is meant for. */
export const meantFor = ({ aud }: TokenClaims): string => [aud].flat().join();

/**
 * The client that a token is taken to be of, and that the key `aud` has.
 *
 * Source: IAM User Guide, "IAM and AWS STS condition context keys", of OIDC federation.
 */
export const audienceOf = (claims: TokenClaims): string =>
  claims.azp ?? meantFor(claims);

import { createSign, createVerify, generateKeyPairSync } from "node:crypto";
import { AwsError } from "./errors";

/** What an OIDC token says, as far as AWS looks at it. */
export interface TokenClaims {
  /** The issuer's address, `https://…`. */
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  /** Seconds since 1970. */
  readonly exp: number;
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
  const signed = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  const signature = createSign("RSA-SHA256")
    .update(signed)
    .sign(keys().privateKey, "base64url");
  return `${signed}.${signature}`;
}

/** @throws AwsError InvalidIdentityToken, ExpiredTokenException. */
export function readToken(token: string, now: Date): TokenClaims {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const isGenuine = createVerify("RSA-SHA256")
    .update(`${header}.${payload}`)
    .verify(keys().publicKey, signature, "base64url");
  if (!isGenuine) {
    throw new AwsError(
      "InvalidIdentityToken",
      "Couldn't verify the signature of the token",
    );
  }
  const claims = JSON.parse(
    Buffer.from(payload, "base64url").toString("utf8"),
  ) as TokenClaims;
  if (claims.exp * 1_000 <= now.getTime()) {
    throw new AwsError("ExpiredTokenException", "Token expired");
  }
  return claims;
}

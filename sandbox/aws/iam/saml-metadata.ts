import { X509Certificate } from "node:crypto";
import { convert } from "xmlbuilder2";
import { invalidInput } from "../errors";

/** What IAM reads of an identity provider's metadata. */
export interface SamlMetadata {
  readonly entityId: string;
  readonly validUntil: Date | undefined;
}

const namespace = "urn:oasis:names:tc:SAML:2.0:metadata";

/**
 * Reads a document as "Metadata for the OASIS SAML V2.0" has it: one identity provider, with a
 * certificate that its answers are signed by.
 *
 * @throws AwsError InvalidInput.
 */
export function samlMetadata(text: string): SamlMetadata {
  const root = isWellFormed(text) ? rootOf(text) : undefined;
  const entityId = root?.["@entityID"];
  const [provider] = elements(root, "IDPSSODescriptor");
  const certificates = elements(provider, "X509Certificate");
  if (
    typeof entityId !== "string" ||
    certificates.length === 0 ||
    !certificates.every(isCertificate)
  ) {
    throw invalidInput(
      "Could not parse metadata: expected an EntityDescriptor of SAML 2.0 with an entityID, and an IDPSSODescriptor with an X509Certificate.",
    );
  }
  const until = root?.["@validUntil"];
  const validUntil = typeof until === "string" ? new Date(until) : undefined;
  return {
    entityId,
    validUntil:
      validUntil && !Number.isNaN(validUntil.getTime())
        ? validUntil
        : undefined,
  };
}

type XmlElement = Readonly<Record<string, unknown>>;

const isElement = (value: unknown): value is XmlElement =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The name without the prefix that stands for a namespace. */
const localName = (name: string): string => name.replace(/^[^:]+:/, "");

function rootOf(text: string): XmlElement | undefined {
  const document = parsed(text);
  if (!isElement(document)) return undefined;
  const [name, root] =
    Object.entries(document).find(
      ([key]) => localName(key) === "EntityDescriptor",
    ) ?? [];
  if (name === undefined || !isElement(root)) return undefined;
  const prefix = /^([^:]+):/.exec(name)?.[1];
  const declared = root[prefix === undefined ? "@xmlns" : `@xmlns:${prefix}`];
  return declared === namespace ? root : undefined;
}

function parsed(text: string): unknown {
  try {
    return convert(text, { format: "object" });
  } catch {
    return undefined;
  }
}

/** Elements inside each other; SAML's metadata have about ten. */
const levels = 100;

const markup =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(\/?)([\w:.-]+)(?:[^<>"']|"[^"]*"|'[^']*')*?(\/?)>/y;

/** The parser takes tags that do not match, and takes long for deep ones; IAM does not. */
function isWellFormed(text: string): boolean {
  const open: string[] = [];
  let at = text.indexOf("<");
  while (at >= 0) {
    markup.lastIndex = at;
    const found = markup.exec(text);
    if (!found) return false;
    const [whole, end, name, itself] = found;
    if (end === "/") {
      if (open.pop() !== name) return false;
    } else if (name !== undefined && itself !== "/") {
      open.push(name);
    }
    if (open.length > levels) return false;
    at = text.indexOf("<", at + whole.length);
  }
  return open.length === 0;
}

/** All elements of that name, however deep. */
function elements(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value))
    return value.flatMap((one: unknown) => elements(one, name));
  if (!isElement(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    localName(key) === name ? [inner].flat() : elements(inner, name),
  );
}

function isCertificate(text: unknown): boolean {
  if (typeof text !== "string") return false;
  try {
    return Boolean(new X509Certificate(Buffer.from(text, "base64")));
  } catch {
    return false;
  }
}

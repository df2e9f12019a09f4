import type { PrincipalEntry } from "../document";
import { isObject, texts } from "./element";
import type { Faults } from "./faults";
import { faultInPartition } from "./resources";

/** `Principal` as IAM has it, and the list of type and identifiers of getPolicyDocument. */
export function readPrincipals(
  value: unknown,
  where: string,
  faults: Faults,
): readonly PrincipalEntry[] {
  if (value === "*") return [{ kind: "everyone" }];
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) =>
      readTyped(one, `${where}[${index}]`, faults),
    );
  }
  if (!isObject(value)) {
    faults.add(where, value, '"*", or an object such as {"AWS": "…"}');
    return [];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) faults.say(`${where} names nobody`);
  return entries.flatMap(([type, identifiers]) => {
    if (Array.isArray(identifiers) && identifiers.length === 0) {
      faults.say(`${where}.${type} names nobody`);
    }
    return texts(identifiers, `${where}.${type}`, faults).flatMap(
      (identifier) => readEntry(type, identifier, `${where}.${type}`, faults),
    );
  });
}

function readTyped(
  value: unknown,
  where: string,
  faults: Faults,
): readonly PrincipalEntry[] {
  if (!isObject(value) || typeof value["type"] !== "string") {
    faults.add(where, value, "a type and identifiers");
    return [];
  }
  const { type, identifiers } = value as { type: string; identifiers: unknown };
  return texts(identifiers, `${where}.identifiers`, faults).flatMap((one) =>
    readEntry(type, one, `${where}.identifiers`, faults),
  );
}

function readEntry(
  type: string,
  identifier: string,
  where: string,
  faults: Faults,
): readonly PrincipalEntry[] {
  switch (type.toLowerCase()) {
    case "*":
    case "aws": {
      const entry = readAws(identifier);
      if (typeof entry !== "string") return [entry];
      faults.add(where, identifier, entry);
      return [];
    }
    case "service":
      return [{ kind: "service", name: identifier }];
    case "federated":
      return [{ kind: "federated", provider: identifier }];
    case "canonicaluser":
      return [{ kind: "canonical user", id: identifier }];
    default:
      faults.add(
        where,
        type,
        "a principal of the type AWS, Service, Federated or CanonicalUser",
      );
      return [];
  }
}

const iamArn = /^arn:(aws[a-z-]*):(iam|sts)::([^:]*):(.+)$/;

/**
 * Source: AWS documentation, "AWS JSON policy elements: Principal".
 *
 * @returns what IAM expects, when it is no principal
 */
function readAws(identifier: string): PrincipalEntry | string {
  if (identifier === "*") return { kind: "everyone" };
  if (/^\d{12}$/.test(identifier)) {
    return { kind: "account", account: identifier };
  }
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(identifier)) {
    return { kind: "unique id", id: identifier };
  }
  const [, , service, account = "", resource = ""] =
    iamArn.exec(identifier) ?? [];
  if (service === undefined) return 'an account id, an ARN or "*"';
  if (/[*?]/.test(identifier)) {
    return 'a whole ARN: a principal has no wildcards but for "*" alone';
  }
  const fault = faultInPartition(identifier);
  if (fault !== undefined) return fault;
  if (account === "cloudfront") return { kind: "service", name: identifier };
  if (!/^\d{12}$/.test(account)) return "an ARN with an account of 12 digits";
  return readResource(service, resource, account, identifier);
}

function readResource(
  service: string,
  resource: string,
  account: string,
  arn: string,
): PrincipalEntry | string {
  const [type = "", ...names] = resource.split("/");
  const isNamed = type === "root" ? names.length === 0 : !!names.at(-1);
  switch (isNamed ? `${service} ${type}` : "") {
    case "iam root":
      return { kind: "account", account };
    case "iam user":
      return { kind: "user", arn };
    case "iam role":
      return { kind: "role", arn };
    case "sts assumed-role":
      return { kind: "role session", arn };
    case "sts federated-user":
      return { kind: "federated user", arn };
    case "iam group":
      return "a user, a role or an account: groups can't be principals";
    default:
      return "the ARN of a user, a role, a role session or an account's root";
  }
}

import {
  parseIdentityDocument,
  parseTrustDocument,
  sizeOf,
  statementsOf,
  type Statement,
} from "../documents";
import type { StoredDocument } from "../model";
import type { Call } from "../operation";
import type { Parameters } from "../parameters";
import { limitExceeded, malformedPolicy } from "../errors";
import { checkResource } from "./resource-arns";
import { checkPrincipals } from "./principals";
import { quotas } from "./quotas";

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === "string");

/** @throws AwsError MalformedPolicyDocument. */
export function identityDocumentIn(parameters: Parameters): StoredDocument {
  const document = parseIdentityDocument(
    documentText(parameters, "PolicyDocument"),
  );
  for (const { Resource, NotResource } of checkedStatements(document)) {
    if (texts(Resource).length + texts(NotResource).length === 0)
      throw malformedPolicy("Policy statement must contain resources.");
    for (const resource of [...texts(Resource), ...texts(NotResource)]) {
      checkResource(resource);
    }
  }
  return document;
}

/** @throws AwsError MalformedPolicyDocument, LimitExceeded. */
export function managedDocumentIn(parameters: Parameters): StoredDocument {
  const document = identityDocumentIn(parameters);
  const { Version } = document.parsed as { readonly Version?: unknown };
  if (Version !== "2012-10-17") {
    throw malformedPolicy(
      "Policy document must be version 2012-10-17 or greater.",
    );
  }
  if (sizeOf(document) > quotas.managedPolicySize)
    throw limitExceeded("PolicySize", quotas.managedPolicySize);
  return document;
}

const stsActions =
  /^sts:(\*|assumerole.*|tagsession|set(sourceidentity|context))$/i;

/**
 * A trust policy, whose principals are there and whose size is inside the quota.
 *
 * @throws AwsError MalformedPolicyDocument, LimitExceeded.
 */
export function trustDocumentIn(
  { cloud, parameters }: Call,
  name: string,
): StoredDocument {
  const document = parseTrustDocument(documentText(parameters, name));
  for (const { Action, NotAction, NotPrincipal } of checkedStatements(
    document,
  )) {
    if (NotPrincipal !== undefined)
      throw malformedPolicy("AssumeRole policy may not use NotPrincipal.");
    if (
      NotAction !== undefined ||
      !texts(Action).every((action) => stsActions.test(action))
    ) {
      throw malformedPolicy(
        "AssumeRole policy may only specify STS AssumeRole actions.",
      );
    }
  }
  if (sizeOf(document) > quotas.trustPolicySize)
    throw limitExceeded("ACLSizePerRole", quotas.trustPolicySize);
  checkPrincipals(cloud, document);
  return document;
}

function documentText(parameters: Parameters, name: string): string {
  const text = parameters.required(name);
  // JSON that holds no object at all.
  if (/^\s*(null|true|false|-?\d.*|"[^]*)$/.test(text)) {
    throw malformedPolicy("Syntax errors in policy.");
  }
  return text;
}

/** The rules on statements that AWS keeps for every document. */
function checkedStatements(document: StoredDocument): readonly Statement[] {
  const statements = statementsOf(document.parsed);
  if (statements.length === 0)
    throw malformedPolicy("Syntax errors in policy.");
  const isEmpty = ({ Action, NotAction }: Statement) =>
    texts(Action).length + texts(NotAction).length === 0;
  if (statements.some(isEmpty))
    throw malformedPolicy("Policy statement must contain actions.");
  const sids = statements.flatMap(({ Sid }) => texts(Sid));
  if (sids.some((sid) => !/^[A-Za-z0-9]*$/.test(sid))) {
    throw malformedPolicy(
      "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
    );
  }
  return statements;
}

import type { Document } from "../decide/document";
import { standsIn } from "../decide/own-places";
import { whetherServicesComeForAll } from "../decide/service-callers";
import { ownKeyOf } from "../decide/service-targets";
import type { Finding } from "../findings/finding";
import { findingsOf } from "../findings/from-verdict";
import { callerWords } from "../findings/words";
import type { KeyProperties } from "../identities/permission-form";
import { accountAtOnce } from "../resources/account";
import type { Resource } from "../resources/resource";
import { judgePolicies } from "./judge-policies";
import { oncePerDocument } from "./once-per-document";
import type { Rule } from "./rule";
import { inEachOwnPlace, type Own } from "./in-each-own-place";

/**
 * Source: AWS documentation, "The confused deputy problem", cross-service; AWS Security Hub, control
 * Lambda.1.
 */
export const servicesComeForUs: Rule = {
  name: "services-come-for-us",
  title: "Services come for known accounts",
  description:
    "A policy of a resource that lets in a service says for whose resources it may come.",
  severity: "medium",
  enforcementLevel: "advisory",
  remedy: "Let each statement for a service ask for aws:SourceAccount.",
  judgeResource(resource, organisation) {
    const account = accountAtOnce(resource);
    return judgePolicies(resource, (document, field, properties) =>
      policies(document, organisation, [account], () =>
        inEachOwnPlace(document, { account }, organisation, (own) =>
          findings({ resource, field, properties }, document, own),
        ),
      ),
    );
  },
};

const policies = oncePerDocument();

interface About {
  readonly resource: Resource;
  readonly field: string;
  /** Of a resource that has no statements. */
  readonly properties: KeyProperties | undefined;
}

const findings = (
  { resource, field, properties }: About,
  document: Document,
  own: Own,
): readonly Finding[] =>
  findingsOf(whetherServicesComeForAll(document, own, standsIn(own)), {
    resource,
    field,
    ...(properties && { through: field }),
    question: `whether ${field} lets in a service for any account`,
    remedy: `${toAsk("aws:SourceAccount", properties)}, with the account whose resources the service comes for; or write that account out in ${properties === undefined ? "aws:SourceArn" : "the ARN of the source"}, which of a bucket tells none.`,
    who: (witness) => `Who gets in: ${callerWords(witness)}, for any account`,
    open: ({ witness: { caller } }) => {
      const key = caller.kind === "service" ? ownKeyOf(caller.name) : undefined;
      return {
        problem: `${field} lets in a service, for whosever resources it comes.`,
        ...(key === undefined
          ? {}
          : {
              remedy: `${toAsk(key, properties)}, with what your own alone have: of a skill of Alexa's, its id (eventSourceToken). The service tells no account.`,
            }),
      };
    },
  });

/** By what the resource has for it. */
const toAsk = (key: string, properties: KeyProperties | undefined): string =>
  properties?.[key] === undefined
    ? `add to that statement StringEquals ${key}, without IfExists`
    : `give ${properties[key]}`;

import { keys as networkKeys } from "../data/network-keys.json";
import type { Document } from "./document";
import { literal, not, variablesOf, type Literal } from "./literal";
import { literalsOf } from "./statement-literals";
import { isPlainText, templateText } from "./text/template";

const lower = (keys: readonly string[]): readonly string[] =>
  keys.map((key) => key.toLowerCase());

/** Keys of networks and endpoints, whose ids nobody else has. */
const idKeys = lower(networkKeys.named);
const vpcArnKey = "aws:sourcevpcarn";

/** What is ours, as far as a request may come through it. */
export interface Owned {
  readonly accounts: readonly string[];
  readonly organisations: readonly string[];
}

/**
 * What holds of a stranger's request: it comes through no network, endpoint, access point, instance
 * or function of ours. Whoever is named in the document is no stranger: the network may be theirs.
 */
export function throughNoNetworkOf(
  document: Document,
  { accounts, organisations }: Owned,
): readonly Literal[] {
  const asked = new Set(
    document.statements
      .flatMap(literalsOf)
      .flatMap((one) => [one.condition.key, ...variablesOf(one)]),
  );
  const none = (
    operator: string,
    keys: readonly string[],
    ours: readonly string[],
  ) =>
    unless(
      operator,
      keys.filter((key) => asked.has(key.toLowerCase())),
      ours,
    );
  return [
    ...namedNetworks(document),
    ...none("ArnLike", networkKeys.arns, accounts.map(anyArnOf)),
    ...none("StringEquals", networkKeys.accounts, accounts),
    ...none("StringEquals", networkKeys.organisations, organisations),
    ...none(
      "ForAnyValue:StringLike",
      networkKeys.organisationPaths,
      organisations.map((one) => `${one}/*`),
    ),
    // A mount target stands in the file system's own network.
    ...none("Bool", networkKeys.truths, ["true"]),
  ];
}

/** No two networks have one id, so that one that the document writes out is taken to be ours. */
const namedNetworks = ({ statements }: Document): readonly Literal[] =>
  statements
    .flatMap(({ conditions }) => conditions)
    .flatMap(({ key, values }) => {
      const texts = values.filter(isPlainText).map(templateText);
      return key === vpcArnKey
        ? unless("ArnLike", [key], texts.filter(isVpcOfAnyAccount))
        : unless(
            "StringEquals",
            idKeys.filter((one) => one === key),
            texts.filter((text) => !/[*?]/.test(text)),
          );
    });

const isVpcOfAnyAccount = (arn: string): boolean =>
  /^arn:[^:]*:ec2:[^:]*:\*:vpc\/[^*?]+$/.test(arn);

const anyArnOf = (account: string): string => `arn:*:*:*:${account}:*`;

const unless = (
  operator: string,
  keys: readonly string[],
  values: readonly string[],
): readonly Literal[] =>
  values.length === 0
    ? []
    : keys.map((key) => not(literal(operator, key, ...values)));

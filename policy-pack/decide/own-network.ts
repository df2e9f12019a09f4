import networkKeys from "../data/network-keys.json";
import type { Document } from "./document";
import { literal, not, type Literal } from "./literal";
import { isPlainText, templateText } from "./text/template";

const lower = (keys: readonly string[]): readonly string[] =>
  keys.map((key) => key.toLowerCase());

/** Keys of networks, endpoints and instances, whose ids nobody else has. */
const namedKeys = lower(networkKeys.named);
/** Keys of the account that an endpoint or an access point is in. */
const accountKeys = lower(networkKeys.accounts);

/** A stranger's request comes through no network, endpoint or access point of ours. */
export const throughNoNetworkOf = (
  { statements }: Document,
  known: readonly string[],
): readonly Literal[] => [
  ...statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => namedKeys.includes(key))
    .flatMap(({ key, values }) => {
      const named = values.filter(isPlainText).map(templateText);
      const certain = named.filter((text) => !/[*?]/.test(text));
      return certain.length === 0
        ? []
        : [not(literal("StringEquals", key, ...certain))];
    }),
  ...(known.length === 0
    ? []
    : accountKeys.map((key) => not(literal("StringEquals", key, ...known)))),
  // A mount target stands in the file system's own network.
  ...lower(networkKeys.truths).map((key) => not(literal("Bool", key, "true"))),
];

/** Nor through an endpoint of our organisations. */
export const throughNoEndpointOf = (
  organisations: readonly string[],
): readonly Literal[] => [
  ...networkKeys.organisations.map((key) =>
    not(literal("StringEquals", key, ...organisations)),
  ),
  ...networkKeys.organisationPaths.map((key) =>
    not(literal("StringLike", key, ...organisations.map((one) => `${one}/*`))),
  ),
];

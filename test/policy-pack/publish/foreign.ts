/** Copied into a pack of its own, as another team's policies: see consumer.ts. */
import { appendFileSync } from "node:fs";
import type { Policies, PolicyResource } from "@pulumi/policy";

type Properties = Record<string, unknown>;

/** Behind the proxies of @pulumi/policy, one of which throws at unknown values. */
const rawOf = (props: Properties): Properties =>
  props["__getSpecialProxyTarget"] as Properties;

const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null;

function spoil(value: Properties): void {
  for (const [key, one] of Object.entries(value)) {
    if (isObject(one)) spoil(one);
    value[key] = "spoilt";
  }
}

/** Two policies write down all that they are shown, and then spoil it. */
const writing = (name: string): Policies[number] => {
  const note = (
    {
      urn,
      props,
      provider,
    }: Pick<PolicyResource, "urn" | "props" | "provider">,
    rest: object = {},
  ): void => {
    const ofProvider = provider && rawOf(provider.props);
    const seen = { urn, props: rawOf(props), provider: ofProvider, ...rest };
    appendFileSync(`${name}.jsonl`, `${JSON.stringify(seen)}\n`);
    spoil(rawOf(props));
    if (ofProvider !== undefined) spoil(ofProvider);
  };
  return {
    name,
    description: "Writes down what it is shown, and spoils it.",
    enforcementLevel: "mandatory",
    validateResource: (args) => {
      note(args, { opts: args.opts });
    },
    validateStack: ({ resources }) => {
      for (const one of resources) {
        const { opts, propertyDependencies } = one;
        const from = Object.entries(propertyDependencies).map(
          ([property, sources]) => [property, sources.map(({ urn }) => urn)],
        );
        note(one, { opts, from });
      }
      resources.length = 0;
    },
  };
};

export const first = writing("first");
export const last = writing("last");
export const ours: Policies = [first, last];

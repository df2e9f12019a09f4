import { oncePerText } from "../decide/once-per";
import { undecided } from "../findings/finding";
import type { Resource } from "../resources/resource";
import type { Rule } from "./rule";

/** How many resources a finding names. */
const mostNamed = 5;

/**
 * A pack sees resources. What a command, a provider of the team's own or a macro does in AWS beside
 * them, it can't see; nor what the program itself does, and only in an update.
 */
export const noUnseenCode: Rule = {
  name: "no-unseen-code",
  title: "No unseen code",
  description:
    "No resource runs code of its own, which may do in AWS what no rule sees.",
  severity: "low",
  enforcementLevel: "advisory",
  remedy: "Review the code, or take resources that the rules read.",
  judgeStack({ resources }) {
    const unseen = resources.filter(runsCode);
    if (unseen.length === 0) return [];
    const names = unseen
      .slice(0, mostNamed)
      .map(({ name, type }) => `${name} (${type})`);
    const more = unseen.length - names.length;
    const all = [...names, ...(more > 0 ? [`${more} more`] : [])];
    return [
      undecided(
        undefined,
        `what the code of ${all.join(", ")} does in AWS. No rule sees it, nor what the program does beside its resources.`,
        "review that code, let it run without credentials of AWS where it needs none, and read the accounts by npm run verify.",
      ),
    ];
  },
};

const runsCode = ({ type }: Resource): boolean => isOfCode(type);

const isOfCode = oncePerText((type) =>
  codeTypes.some((pattern) => pattern.test(type)),
);

const codeTypes: readonly RegExp[] = [
  /^(command|null|terraform|ansible):/,
  /:tf:(null_resource|terraform_data|shell_script)/,
  /^pulumi-\w+:dynamic/,
  // Functions that run while the stack is deployed, and types that a team registers itself.
  /^aws:lambda\/invocation:/,
  /^aws:cloudformation\/cloudFormationType:/,
  /^aws-native:cloudformation:(CustomResource|CustomResourceEmulator|Macro|(Lambda|Guard)Hook|(Hook|Resource|Module)Version|TypeActivation)$/,
  /^Custom::/,
  /^(?!AWS::)\w+::\w+::\w+$/,
  // Operators that make AWS's resources from those of a cluster, and charts that may bring some.
  /^kubernetes:[\w.]*(services\.k8s\.aws|crossplane\.io|upbound\.io)\//,
  /^kubernetes:helm\.sh\/v\d:Release$/,
];

import { awsCallers, type CallerCase } from "./callers";
import type { Document } from "./document";
import { isMissing, literal, not, type Literal } from "./literal";
import { isAws, speaksOf } from "./principal";
import { search, type Verdict } from "./search";
import { isPlainText, templateText } from "./text/template";

/** A request that nobody signed: it has no principal at all. */
const anonymous: CallerCase = {
  caller: { kind: "anonymous" },
  given: [
    ...["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID"],
    ...["aws:PrincipalOrgPaths", "aws:PrincipalType", "aws:username"],
    ...["aws:userid", "aws:SourceArn", "aws:SourceAccount"],
  ].map(isMissing),
  derived: [],
  preferred: new Map(),
};

/** Where the network of an account shows: a stranger's request comes through none of ours. */
const networkKeys = ["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"];

/** Services' older names for the account of whoever asks. */
const accountKeys = ["kms:CallerAccount", "aws:SourceOwner"];

/** Whether any caller of the class may do anything that the policy of a resource speaks of. */
export function whoMayUse(
  policy: Document,
  asked: {
    readonly counts: (one: CallerCase) => boolean;
    /** Accounts to try beside those that the document names, where it is open to everyone. */
    readonly accounts: readonly string[];
    readonly given: readonly Literal[];
  },
): Verdict {
  let undecided: Verdict | undefined;
  const callers = [...awsCallers(policy, asked.accounts), anonymous];
  for (const one of callers.filter(asked.counts)) {
    if (!isSpokenOf(policy, one)) continue;
    const { caller, given, derived, preferred } = one;
    const verdict = search({
      layers: [[policy]],
      caller,
      given: [
        ...given,
        ...(isAws(caller)
          ? accountKeys.map((key) =>
              literal("StringEquals", key, caller.account),
            )
          : []),
        ...asked.given,
        ...throughNoNetworkOf(policy),
      ],
      derived,
      preferred,
    });
    if (verdict.answer === "open") return verdict;
    if (verdict.answer === "undecided") undecided ??= verdict;
  }
  return undecided ?? { answer: "closed" };
}

const isSpokenOf = (policy: Document, { caller }: CallerCase): boolean =>
  policy.statements.some(
    (one) => one.effect === "Allow" && speaksOf(one, caller),
  );

const throughNoNetworkOf = ({ statements }: Document): readonly Literal[] =>
  statements
    .flatMap(({ conditions }) => conditions)
    .filter(({ key }) => networkKeys.includes(key))
    .flatMap(({ key, values }) => {
      const named = values.filter(isPlainText).map(templateText);
      const certain = named.filter((text) => !/[*?]/.test(text));
      return certain.length === 0
        ? []
        : [not(literal("StringEquals", key, ...certain))];
    });

import { userCase } from "../../../policy-pack/decide/callers";
import { readTexts } from "../../accounts/documents";
import type { NamedAccount } from "../../accounts/organisation";
import { permissionDifferences } from "../compare";
import { boundariesIn, type ExpectedBoundary } from "../expected";
import type { Facts } from "../facts";
import { finding, type Findings } from "../findings";

/** Whether what bounds a pipeline says what it should: those who carry it show no difference. */
export function* checkBoundaries({
  organisation,
  expected,
}: Pick<Facts, "organisation" | "expected">): Findings {
  for (const account of organisation.accounts) {
    for (const meant of boundariesIn(expected, account)) {
      for (const words of differencesIn(account, meant)) {
        const message = `the policy ${meant.arn} ${words}`;
        yield finding("pipeline-bound-differs", account, meant.arn, message);
      }
    }
  }
}

function* differencesIn(
  { live }: NamedAccount,
  { arn, document }: ExpectedBoundary,
): Iterable<string> {
  const { accountId, partition } = live;
  const text = live.managedPolicies.get(arn);
  if (text === undefined) {
    yield "is not there: the pipeline makes nobody";
    return;
  }
  const found = { name: arn, text };
  const differences = permissionDifferences(
    live,
    { inlinePolicies: [found], attachedPolicies: [] },
    {
      policies: [
        { name: "the boundary of the config", text: JSON.stringify(document) },
      ],
      boundary: undefined,
    },
    () => ({
      caller: userCase({ account: accountId, partition, arn: undefined }),
      documents: readTexts([found], "identity"),
      boundary: undefined,
      account: accountId,
    }),
  );
  for (const { words } of differences) yield words;
}

import type {
  RequestAnalysis,
  SuccessfulRunSimulationResults,
} from "@cloud-copilot/iam-simulate";
import { iamArn } from "./arn";
import { federatedUserOf } from "./context";
import { analysisOf } from "./reason";
import type { Call } from "./operation";

/**
 * Whether a resource's policy lets the session itself in, of the same account, so that its session
 * policies need not allow the request. What they deny stays denied.
 *
 * Source: IAM User Guide, "Policy evaluation for requests within a single account": of a role session,
 * and of a federated user.
 */
export function isGrantedToSession(
  result: SuccessfulRunSimulationResults,
): boolean {
  const analysis = analysisOf(result);
  return (
    analysis?.result === "ImplicitlyDenied" &&
    analysis.sameAccount &&
    analysis.sessionAnalysis?.result === "ImplicitlyDenied" &&
    analysis.resourceAnalysis?.result === "Allowed" &&
    analysis.resourceAnalysis.allowStatements.some(
      ({ principalMatch, statement }) =>
        principalMatch === "Match" && !isForEverybody(statement),
    )
  );
}

type AllowStatement = NonNullable<
  RequestAnalysis["resourceAnalysis"]
>["allowStatements"][number];

/** AWS says of everybody nowhere that it names each session: a session's policies then bound it. */
const isForEverybody = (statement: AllowStatement["statement"]): boolean =>
  statement.isPrincipalStatement() &&
  statement.principals().some((one) => one.isWildcardPrincipal());

/**
 * A resource's policy as the simulator has to read it for the caller. It takes somebody federated for
 * the user of the same name, and not for the user who federated them: those two change places.
 */
export function policyForCaller(call: Call, policy: unknown): unknown {
  const { caller, cloud } = call;
  const federated = federatedUserOf(caller);
  if (!federated || caller.kind !== "user") return policy;
  const user = iamArn(cloud, caller.accountId, "user", caller.user);
  const namesake = iamArn(cloud, caller.accountId, "user", {
    path: "/",
    name: federated.name,
  });
  return withExchanged(
    policy,
    new Map([
      [namesake, user],
      [user, namesake],
    ]),
  );
}

function withExchanged(
  value: unknown,
  others: ReadonlyMap<string, string>,
): unknown {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    return value.map((one) => withExchanged(one, others));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      name === "AWS" ? exchanged(one, others) : withExchanged(one, others),
    ]),
  );
}

const exchanged = (
  principals: unknown,
  others: ReadonlyMap<string, string>,
): unknown =>
  [principals]
    .flat()
    .map((one) => (typeof one === "string" ? (others.get(one) ?? one) : one));

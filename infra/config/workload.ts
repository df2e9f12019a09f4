import { readBreakGlassAlarm } from "./break-glass-alarm";
import type { WorkloadConfig } from "./model";
import type { OrganisationReading } from "./organisation";
import type { ConfigReader } from "./reader";
import * as schema from "./schema";

/**
 * Reads the keys of a workload stack.
 *
 * @param only the account that the stack is named for; left out: it builds those of `deployTo`
 */
export function readWorkload(
  reader: ConfigReader,
  reading: OrganisationReading,
  only?: string,
): WorkloadConfig | undefined {
  const { organisation, bastionAccountId, accountNames } = reading;
  const bastionStack = reader.text("bastionStack", schema.bastionStack);
  const deployTo = reader.structure("deployTo", schema.accountNames) ?? [];
  reader.unknownNames("deployTo", deployTo, accountNames, "an account");

  if (only !== undefined && deployTo.length > 0 && !deployTo.includes(only)) {
    reader.report(
      "deployTo",
      `a list without ${only}, in a stack that builds ${only} by its name`,
      `the account in the list, or no list for this stack. Fix: add ${only}, or move deployTo from Pulumi.yaml to the file of the stack that it is for`,
    );
  }
  if (accountNames.length === 0) {
    reader.report("accounts", "no account", "at least one workload account");
  }
  const bastion =
    bastionStack !== undefined
      ? { stack: bastionStack, saidToBe: bastionAccountId }
      : bastionAccountId !== undefined
        ? { accountId: bastionAccountId }
        : undefined;
  if (bastion === undefined && !reader.hasProblem("bastion")) {
    reader.report(
      "bastionAccountId",
      "nothing, and no bastionStack either",
      "the id of the bastion account, or bastionStack to take it from that stack's outputs",
    );
  }
  const among = organisation.accounts.filter(
    ({ name }) => deployTo.length === 0 || deployTo.includes(name),
  );
  // What is said for all accounts at once is right or wrong for all of them at once.
  const breakGlassAlarm = readBreakGlassAlarm(reader, reading, among);
  if (bastion === undefined) return undefined;
  return {
    stack: "workload",
    organisation,
    bastion,
    accounts:
      only === undefined ? among : among.filter(({ name }) => name === only),
    breakGlassAlarm,
  };
}

import { readBreakGlassAlarm } from "./break-glass-alarm";
import type { WorkloadConfig } from "./model";
import type { OrganisationReading } from "./organisation";
import type { ConfigReader } from "./reader";
import * as schema from "./schema";

/** Reads the keys of a workload stack. */
export function readWorkload(
  reader: ConfigReader,
  reading: OrganisationReading,
): WorkloadConfig | undefined {
  const { organisation, bastionAccountId, accountNames } = reading;
  const bastionStack = reader.text("bastionStack", schema.bastionStack);
  const deployTo = reader.structure("deployTo", schema.accountNames) ?? [];
  reader.unknownNames("deployTo", deployTo, accountNames, "an account");

  if (accountNames.length === 0) {
    reader.report("accounts", "no account", "at least one workload account");
  }
  const bastion =
    bastionStack !== undefined
      ? { stack: bastionStack }
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
  const accounts = organisation.accounts.filter(
    ({ name }) => deployTo.length === 0 || deployTo.includes(name),
  );
  const breakGlassAlarm = readBreakGlassAlarm(reader, reading, accounts);
  if (bastion === undefined) return undefined;
  return {
    stack: "workload",
    organisation,
    bastion,
    accounts,
    breakGlassAlarm,
  };
}

import { conditionTexts } from "../decide/callers";
import type { Witness } from "../decide/search";
import { callerWords } from "./words";

/** The account that the request comes from, or for; undefined: any account, or none. */
export function accountLetIn(witness: Witness): string | undefined {
  const { caller, values } = witness;
  if ("account" in caller) return caller.account;
  if (caller.kind === "federated") return accountIn(caller.provider);
  const [arn = ""] = values.get("aws:sourcearn") ?? [];
  const [account = accountIn(arn)] = values.get("aws:sourceaccount") ?? [];
  const isNamed = conditionTexts(witness).some((text) =>
    text.split(":").includes(account ?? ""),
  );
  return isNamed ? account : undefined;
}

const accountIn = (arn: string): string | undefined => arn.split(":")[4];

const organisationKeys = [
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:vpceorgid",
  "aws:vpceorgpaths",
];

/** Organisations that the statements ask for, and that are not the known ones. */
const otherOrganisations = (
  witness: Witness,
  known: readonly string[],
): readonly string[] =>
  conditionTexts(witness, organisationKeys)
    .flatMap((text) => text.split("/", 1))
    .filter((id) => /^o-[a-z0-9]{10,32}$/.test(id) && !known.includes(id));

/** Who gets in from a foreign account, or which service for one. */
export function foreignWords(witness: Witness): string {
  const { caller, values } = witness;
  const who = callerWords(witness);
  if (caller.kind !== "service") return who;
  const account = accountLetIn(witness);
  if (account !== undefined) return `${who}, for account ${account}`;
  const [organisation] = values.get("aws:sourceorgid") ?? [];
  return organisation === undefined ||
    !conditionTexts(witness, organisationKeys).includes(organisation)
    ? `${who}, for accounts that are not known`
    : `${who}, for any account of ${organisation}`;
}

/** What may be done about it: only what would do. */
export function foreignRemedy(
  witness: Witness,
  {
    organisations,
    vendors,
    isOwnUnknown,
    field,
    properties,
  }: {
    /** Those of the config. */
    readonly organisations: readonly string[];
    /** What a vendor can do here. */
    readonly vendors: string;
    /** Whether the provider could tell the own account, and does not. */
    readonly isOwnUnknown: boolean;
    readonly field: string;
    /** By condition key: the property for it, of a resource that has no statements. */
    readonly properties: Readonly<Record<string, string>> | undefined;
  },
): string {
  const account = accountLetIn(witness);
  const [organisation] = otherOrganisations(witness, organisations);
  if (organisation !== undefined) {
    return `take ${organisation} out; or, when it is yours, name it in the config under organisations.`;
  }
  if (account === undefined) {
    return witness.caller.kind === "service"
      ? `write out in ${properties?.["aws:SourceAccount"] ?? "StringEquals aws:SourceAccount"} the accounts whose resources the service comes for.`
      : remedyForAnyone(field, properties);
  }
  const own = isOwnUnknown
    ? ` When it is the own account, name it alone in the provider's allowedAccountIds.`
    : "";
  return `take account ${account} out; or, when it is yours, name it in the config under accounts${vendors}${own}`;
}

function remedyForAnyone(
  field: string,
  properties: Readonly<Record<string, string>> | undefined,
): string {
  const named =
    "with an organisation that the config names under organisations";
  if (properties === undefined) {
    return `name the accounts that are meant as principals; or ask for what nobody else has, such as aws:PrincipalOrgID ${named}.`;
  }
  const organisation = properties["aws:PrincipalOrgID"];
  return organisation === undefined
    ? `take that out of ${field}, and let in the accounts that are meant by their ids.`
    : `name the account that is meant in ${field}; or give ${organisation}, ${named}.`;
}

import { statementName, type Statement } from "../decide/document";
import { issuerOf } from "../decide/federation";
import { actionKey, resourceKey } from "../decide/literal";
import type { Caller } from "../decide/principal";
import type { Witness } from "../decide/search";
import { anyService } from "../decide/service-callers";
import { keyName } from "./key-names";

const principalArn = "aws:principalarn";

/** Who the witness is. */
export function callerWords({ caller, values }: Witness): string {
  const [arn] = values.get(principalArn) ?? [];
  switch (caller.kind) {
    case "user":
      return isNamed(caller.arn, arn)
        ? `the user ${arn}`
        : `any user of ${accountWords(caller.account)}`;
    case "role session":
      return isNamed(caller.arn, arn)
        ? `a session of the role ${arn}`
        : `a session of any role of ${accountWords(caller.account)}`;
    case "root user":
      return `the root user of ${accountWords(caller.account)}`;
    case "anonymous":
      return "anyone, without signing in";
    case "service":
      return caller.name === anyService
        ? "any service"
        : `the service ${caller.name}`;
    case "federated":
      return `anyone with a token of ${caller.provider}`;
  }
}

/** undefined: one that neither the document nor the config names, so that any of them gets in. */
const accountWords = (account: string | undefined): string =>
  account === undefined ? "any AWS account" : `account ${account}`;

/** The document tells this one from others: by name, or by a pattern that it fits. */
function isNamed(
  named: string | undefined,
  arn: string | undefined,
): arn is string {
  return (
    arn !== undefined &&
    (named !== undefined || !/\/(anyone|any-role)$/.test(arn))
  );
}

/** Who holds the witness's token, by the key that ought to have kept it out. */
export function tokenWords(
  provider: string,
  key: string,
  { values }: Witness,
): string {
  const value = values.get(key.toLowerCase());
  if (key.endsWith(":amr") && !value?.some(hasSignedIn)) {
    return "anyone, without signing in";
  }
  const whose =
    value === undefined
      ? `without ${key}`
      : `whose ${key} is ${value.map((one) => JSON.stringify(one)).join(", ")}`;
  return `anyone with a token of ${provider} ${whose}`;
}

const hasSignedIn = (amr: string): boolean => amr !== "unauthenticated";

/** By which statements, and with which values of the keys that they ask about. */
export function throughWords({ caller, statements, values }: Witness): string {
  const names = [...new Set(statements)].map(statementName).join(" and ");
  const asked = [...new Set(statements.flatMap(conditionKeys))]
    .filter((key) => !isToldAlready(key))
    .map((key) => {
      const value = values.get(key);
      const name = nameFor(caller, key);
      return value === undefined
        ? `without ${name}`
        : `with ${name} ${value.map((text) => JSON.stringify(text)).join(", ")}`;
    });
  return [names, ...asked].join(", ");
}

/** Keys of a provider's tokens start with its issuer, as its ARN has it. */
function nameFor(caller: Caller, key: string): string {
  if (caller.kind !== "federated") return keyName(key);
  const issuer = issuerOf(caller.provider);
  return key.startsWith(`${issuer.toLowerCase()}:`)
    ? issuer + key.slice(issuer.length)
    : keyName(key);
}

const conditionKeys = ({ conditions }: Statement): readonly string[] =>
  conditions.map(({ key }) => key);

/** In the words for the caller, or for the session. */
const isToldAlready = (key: string): boolean =>
  key.startsWith("aws:multifactorauth") ||
  [principalArn, "aws:principalaccount", "aws:username"].includes(key);

/** What the witness does, where the question was about permissions. */
export function requestWords({ values }: Witness): string {
  const [action = "?"] = values.get(actionKey) ?? [];
  const [resource] = values.get(resourceKey) ?? [];
  return resource === undefined || resource === "arn:::::"
    ? action
    : `${action} on ${resource}`;
}

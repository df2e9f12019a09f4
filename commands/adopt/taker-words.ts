import { serviceWords } from "../../policy-pack/findings/words";
import { anyAccount, type Taker } from "../accounts/takers";

/**
 * The taker, for a person.
 *
 * @param own the account whose users and roles go by their names
 */
export function takerWords({ kind, name, doubt }: Taker, own: string): string {
  const [, account, ownName = ""] =
    /^arn:[^:]+:iam::(\d{12}):\w+\/(?:.+\/)?([^/]+)$/.exec(name) ?? [];
  const called = account === own ? ownName : name;
  const who = {
    user: `the user ${called}`,
    role: `the role ${called}`,
    service: serviceWords(name),
    provider: `whoever has a token of ${name}`,
    outside: outsideWords(name),
    "not known": `whoever is behind ${name || "its trust policy"}`,
  }[kind];
  return doubt === undefined ? who : `${who} (not certain: ${doubt})`;
}

function outsideWords(name: string): string {
  if (name === anyAccount) return "anyone with an AWS account";
  return name.startsWith("arn:") ? name : `the account ${name}`;
}

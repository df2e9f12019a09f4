import { conditionTexts } from "../decide/callers";
import { statementName, type Statement } from "../decide/document";
import { anyAccountId, anyName } from "../decide/formats";
import { anyProvider, issuerOf } from "../decide/federation";
import { actionKey, resourceKey } from "../decide/literal";
import type { Caller } from "../decide/principal";
import type { Witness } from "../decide/search";
import { noResource } from "../decide/resource-sets";
import { anyService } from "../decide/service-request";
import { keyName } from "./key-names";

const principalArn = "aws:principalarn";

/** Who the witness is. */
export function callerWords({ caller, values }: Witness): string {
  const [arn = ""] = values.get(principalArn) ?? [];
  switch (caller.kind) {
    case "user":
    case "role session": {
      const { as, any } = kinds[caller.kind];
      if (caller.arn !== undefined) return `${as} ${arn}`;
      if (caller.id !== undefined) return `whoever has the id ${caller.id}`;
      const [, name] = /:(?:user|role|federated-user)(\/.+)$/.exec(arn) ?? [];
      const isTold = name !== undefined && !/^\/any(one|-role)$/.test(name);
      if (caller.account === undefined) {
        return `anyone with an AWS account${isTold ? `, as ${as} ${name.slice(1)}` : ""}`;
      }
      return isTold ? `${as} ${arn}` : `${any} of account ${caller.account}`;
    }
    case "root user":
      return caller.account === undefined
        ? "anyone with an AWS account, as its root user"
        : `the root user of account ${caller.account}`;
    case "anonymous":
      return "anyone, without signing in";
    case "service":
      return serviceWords(caller.name);
    case "federated":
      return `anyone with a token of ${caller.provider}`;
  }
}

export const serviceWords = (name: string): string =>
  name === anyService ? "any service" : `the service ${name}`;

const kinds = {
  user: { as: "the user", any: "any user" },
  "role session": {
    as: "a session of the role",
    any: "a session of any role",
  },
} as const;

/** Who holds the witness's token, by the key that ought to have kept it out. */
export function tokenWords(
  provider: string,
  key: string,
  { values }: Witness,
): string {
  const value = values.get(key.toLowerCase());
  if (provider === anyProvider) {
    return "anyone with a token of any provider that the account has";
  }
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

/**
 * By which statements, and with which values of the keys that they ask about.
 *
 * @param names what is named in the place of statements
 */
export function throughWords(
  { statements, caller, values }: Witness,
  names = [...new Set(statements)].map(statementName).join(" and "),
): string {
  const asked = new Map(
    statements.flatMap(({ conditions }) =>
      conditions.map(({ key, writtenKey }) => [
        key,
        nameFor(caller, key, writtenKey),
      ]),
    ),
  );
  // Where any account gets in, the one that was found is no matter.
  const isAnyAccount = "account" in caller && caller.account === undefined;
  const hidden = isAnyAccount ? [...told, ...ofAccounts] : told;
  // Which organisation the resource stands in may be nobody's to tell here.
  const [own] = values.get("aws:resourceorgid") ?? [];
  const written = conditionTexts({ statements });
  // What a service comes for is made up, where any would do.
  const isMadeUp = (key: string) =>
    caller.kind === "service" &&
    /^aws:source(arn|account)$/.test(key) &&
    values.get(key)?.some((text) => !written.includes(text)) === true;
  const keys = [...asked]
    .filter(([key]) => !hidden.includes(key) && !isMadeUp(key))
    .map(([key, name]) => {
      const value = values
        .get(key)
        ?.map((text) => JSON.stringify(text === own ? ownOrganisation : text));
      if (value === undefined) return `without ${name}`;
      return secret.has(key)
        ? `with the ${name} that it asks for`
        : `with ${name} ${value.join(", ")}`;
    });
  return [names, ...keys].join(", ");
}

/**
 * A finding is read by many. Source: AWS CloudFormation user guide, "AWS::Lambda::Permission",
 * EventSourceToken: of Alexa Smart Home functions a token that the invoker must supply.
 */
const secret: ReadonlySet<string> = new Set(["lambda:eventsourcetoken"]);

const ownOrganisation = "${aws:ResourceOrgID}";

/** Keys of a provider's tokens start with its issuer, as its ARN has it. */
function nameFor(caller: Caller, key: string, written?: string): string {
  if (caller.kind !== "federated") return keyName(key, written);
  const issuer = issuerOf(caller.provider);
  return key.startsWith(`${issuer.toLowerCase()}:`)
    ? issuer + (written ?? key).slice(issuer.length)
    : keyName(key, written);
}

/** In the words for the caller, or for the session. */
const told: readonly string[] = [
  principalArn,
  "aws:multifactorauthage",
  "aws:multifactorauthpresent",
  "aws:principalaccount",
  "aws:username",
];

/** Of which the values hold the caller's account. */
const ofAccounts: readonly string[] = [
  "aws:sourceowner",
  "aws:userid",
  "kms:calleraccount",
];

/** What the witness does, where the question was about permissions. */
export function requestWords({ values, statements }: Witness): string {
  const [action = "?"] = values.get(actionKey) ?? [];
  const [resource = ""] = values.get(resourceKey) ?? [];
  return resource === "" || resource === noResource
    ? action
    : `${action} on ${resourceWords(resource, statements)}`;
}

/** A name and an account that no statement writes out are made up, and would read as real ones. */
function resourceWords(arn: string, statements: readonly Statement[]): string {
  const [, account = "", type = "thing", name = ""] =
    /^arn:[^:]*:[^:]*:[^:]*:([^:]*):(?:([\w-]+)\/(?:.*\/)?)?([^/]+)$/.exec(
      arn,
    ) ?? [];
  const written = JSON.stringify(statements);
  if (name === "" || written.includes(name)) return arn;
  const isTold =
    /^\d{12}$/.test(account) &&
    (account !== anyAccountId || written.includes(account));
  const which = name === anyName ? "any" : "some";
  const what = type === "thing" ? "resource" : type;
  return `${which} ${what} of ${isTold ? `account ${account}` : `${which} account`}`;
}

import type { Rights } from "./beyond";
import { madeOf } from "./covers";
import type { Choice, Document, Statement } from "./document";
import { partitionOf } from "./permissions";
import type { Question } from "./search";
import { matches, withWildcards } from "./text/pattern";
import { templateText, type Part, type Template } from "./text/template";

/**
 * IAM's actions reach the caller's account alone: another account's resource has to let the caller in by
 * a policy of its own, and the only such policy that IAM has is a role's trust, for actions of STS.
 * Source: AWS documentation, "Cross-account policy evaluation logic", "AWS services that work with IAM".
 */
export function withinAccount(
  { documents, boundary }: Rights,
  account: string,
): Rights {
  const own = ({ statements }: Document): Document => ({
    statements: statements.map((one) => ownStatement(one, account)),
  });
  return { documents: documents.map(own), boundary: boundary?.map(own) };
}

function ownStatement(statement: Statement, account: string): Statement {
  const { actions, resources } = statement;
  if (resources === undefined) return statement;
  if (actions?.mode !== "these" || !actions.values.every(isOfIam))
    return statement;
  const values = resources.values.map((value) => ownArn(value, account));
  const isSame = values.every(
    (value, index) => value === resources.values[index],
  );
  const own: Choice = { ...resources, values };
  return isSame ? statement : madeOf(statement, { resources: own });
}

/**
 * Where the resources of an action are that the caller may ask for: `arn:*:iam::*:user/*` in its own
 * partition and, of IAM's, in its own account.
 */
export function placesFor(
  { caller, derived = [] }: Pick<Question, "caller" | "derived">,
  action: string,
  arn: string,
): readonly string[] {
  const own = derived.map(({ views }) => views.get("aws:principalarn")?.[0]);
  const partition = ["arn" in caller ? caller.arn : undefined, ...own]
    .map((one) => partitionOf(String(one)))
    .find((one) => one !== undefined);
  const here =
    partition === undefined
      ? arn
      : arn.replace(/^arn:\*:/, `arn:${partition}:`);
  const account = "account" in caller ? caller.account : undefined;
  if (account === undefined || !action.startsWith("iam:")) return [here];
  // AWS's own managed policies are in no account.
  const accounts = here.includes(":policy/") ? [account, "aws"] : [account];
  return accounts.map((one) => here.replace(ofAnyAccount, `$1${one}`));
}

const ofAnyAccount = /^(arn:[^:]*:iam::)\*(?=:)/;

/**
 * Of resources of IAM's, the action works on the account's alone. Other services than IAM have none,
 * but for a few. Source: AWS documentation, "Service Authorization Reference", resource types.
 */
const isOfIam = (value: Template): boolean =>
  /^(?!(codestar|ec2|es|ssm|sts):)[a-z0-9-]+:/i.test(templateText(value));

/** As it reads in the account; of policies AWS has its own, which are left as they are. */
function ownArn(value: Template, account: string): Template {
  const [first, ...more] = value;
  if (first?.kind !== "text") return value;
  const text = first.text.replace(
    /^(arn:[^:]*:iam::)([^:]*[*?][^:]*)(?=:(?:user|role|group|mfa|instance-profile|saml-provider|oidc-provider|server-certificate)\/)/,
    (whole, start: string, pattern: string) =>
      matches(withWildcards(pattern), account) ? start + account : whole,
  );
  const own: Part = { kind: "text", text };
  return text === first.text ? value : [own, ...more];
}

import {
  anyProvider,
  isSaml,
  issuerOf,
} from "../../../policy-pack/decide/federation";
import { keyName } from "../../../policy-pack/findings/key-names";
import { serviceWords } from "../../../policy-pack/findings/words";
import { isSignInOfAws } from "../../accounts/made-by-aws";
import type { Trusted } from "../../accounts/trusted";

/** Where the role stands, and what accounts are called. */
export interface Place {
  /** Ids. */
  readonly own: string;
  readonly bastion: string;
  readonly nameOf: (account: string) => string;
}

/** Who takes the role, by its trust policy alone; roles that it names are said with who has them. */
export function trustedWords(
  takers: readonly Trusted[],
  place: Place,
): readonly string[] {
  const words = takers.flatMap((one) => {
    const who = wordsOf(one, takers, place);
    const perhaps = one.doubt === undefined ? "" : `perhaps `;
    return who === undefined ? [] : [perhaps + who];
  });
  return [...new Set(words)];
}

function wordsOf(
  taker: Trusted,
  all: readonly Trusted[],
  place: Place,
): string | undefined {
  switch (taker.kind) {
    case "service":
      return runnerWords(taker, place);
    case "tokens":
      return tokenWords(taker);
    case "hidden":
      return `whoever is behind the id ${taker.id}`;
    case "user":
    case "role session":
      return taker.arn === undefined && taker.sessionArn === undefined
        ? accountWords(taker, all, place)
        : namedWords(taker, place);
  }
}

type AwsTrusted = Extract<Trusted, { readonly kind: "user" | "role session" }>;

function namedWords(
  { kind, arn, sessionArn, account = "" }: AwsTrusted,
  { nameOf }: Place,
): string {
  const where = nameOf(account);
  if (sessionArn !== undefined) {
    const [, role = "", session = ""] = sessionArn.split("/");
    return `the session ${session} of the role ${role} of ${where}`;
  }
  const [, ...path] = (arn ?? "").split("/");
  return `the ${kind === "user" ? "user" : "role"} ${path.join("/")} of ${where}`;
}

/** Where users and sessions of an account both get in, its own policies say who. */
function accountWords(
  { kind, account, organisation }: AwsTrusted,
  all: readonly Trusted[],
  { own, bastion, nameOf }: Place,
): string {
  if (account === undefined) {
    const of = organisation === undefined ? "" : ` of ${organisation}`;
    return `anyone with an AWS account${of}`;
  }
  const areBoth = (["user", "role session"] as const).every((other) =>
    all.some(
      (one) =>
        one.kind === other && one.account === account && one.arn === undefined,
    ),
  );
  if (areBoth) {
    return account === own
      ? "whoever in the account may call sts:AssumeRole (it trusts its own root)"
      : `whoever in ${nameOf(account)} may call sts:AssumeRole`;
  }
  if (kind === "role session") return `any role of ${nameOf(account)}`;
  return account === bastion
    ? "people of the bastion"
    : `any user of ${nameOf(account)}`;
}

/** What runs with a role of the account, by the service that lends it. */
const runners: ReadonlyMap<string, string> = new Map([
  ["ec2.amazonaws.com", "an EC2 instance"],
  ["lambda.amazonaws.com", "a Lambda function"],
  ["ecs-tasks.amazonaws.com", "an ECS task"],
  ["codebuild.amazonaws.com", "a CodeBuild project"],
  ["cloudformation.amazonaws.com", "a CloudFormation stack"],
  ["glue.amazonaws.com", "a Glue job"],
  ["sagemaker.amazonaws.com", "a SageMaker notebook"],
  ["states.amazonaws.com", "a state machine"],
  ["pods.eks.amazonaws.com", "a pod of EKS"],
]);

function runnerWords(
  { name, account }: Extract<Trusted, { readonly kind: "service" }>,
  { own, nameOf }: Place,
): string {
  const isForeign = account !== undefined && account !== own;
  const runner = runners.get(name);
  if (runner !== undefined)
    return `${runner} of ${isForeign ? nameOf(account) : "the account"}`;
  return isForeign
    ? `${serviceWords(name)} for ${nameOf(account)}`
    : serviceWords(name);
}

function tokenWords({
  provider,
  whose,
  key,
  value,
}: Extract<Trusted, { readonly kind: "tokens" }>): string {
  if (provider === anyProvider) return "tokens of any provider of the account";
  if (isSignInOfAws(provider)) return "people of Identity Center";
  const issuer = issuerOf(provider);
  if (isSaml(provider)) return `people who sign in by ${issuer}`;
  const claim = key === undefined ? "" : keyName(key).replace(`${issuer}:`, "");
  if (whose === "anybody's")
    return `tokens of ${issuer} whatever their ${claim}`;
  return value === undefined || claim === ""
    ? `tokens of ${issuer}`
    : `tokens of ${issuer} whose ${claim} is ${value}`;
}

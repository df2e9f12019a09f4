import { policyDocument } from "./policy-document";
import type { ConnectedAccount } from "./account";
import type { Properties } from "./properties";

type ProviderFunction = (
  account: ConnectedAccount,
  args: Properties,
) => Properties | Promise<Properties>;

/** Every function that the sandbox answers. */
const functions: Readonly<Record<string, ProviderFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": async ({ sts }) => {
    const { Account, Arn, UserId } = await sts.getCallerIdentity();
    return { id: Account, accountId: Account, arn: Arn, userId: UserId };
  },
  "aws:index/getPartition:getPartition": ({ partition }) => {
    const dnsSuffix = dnsSuffixes[partition] ?? "amazonaws.com";
    return {
      id: partition,
      partition,
      dnsSuffix,
      reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
    };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": (_account, args) =>
    policyDocument(args),
};

const dnsSuffixes: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
};

/**
 * Answers a function of the provider.
 *
 * @throws Error on a function that the sandbox does not know.
 */
export async function invoke(
  account: ConnectedAccount,
  token: string,
  args: Properties,
): Promise<Properties> {
  const known = functions[token];
  if (known) return known(account, args);
  throw new Error(
    `the sandbox answers ${Object.keys(functions).join(", ")}, and not ${token}`,
  );
}

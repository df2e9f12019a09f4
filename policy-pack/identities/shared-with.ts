/** A principal as a policy has it, or an organisation whose principals are let in. */
export interface SharedWith {
  readonly principal: string;
  /** The id of an organisation. */
  readonly organisation?: string;
}

/**
 * Whom a property names, in all the ways in which services write it: one, a list, or a text with commas.
 * What a service calls a principal and IAM does not, stands for the account that it is in.
 */
export const sharedWith = (value: unknown): readonly SharedWith[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value])
    .flatMap((one) => (typeof one === "string" ? one.split(",") : []))
    .map((one) => one.trim())
    .filter((one) => one !== "" && !isOfNoAccount(one))
    .map(readOne);

/**
 * `ADX` is whoever subscribes to a product of AWS Data Exchange. Source: Amazon Redshift API reference,
 * "AuthorizeDataShare".
 */
function readOne(text: string): SharedWith {
  if (/^(\*|all|public|adx)$/i.test(text)) return { principal: "*" };
  const [, organisation] =
    /^arn:[^:]+:organizations::\d{12}:[^/]+\/(o-\w+)/.exec(text) ?? [];
  if (organisation !== undefined) return { principal: "*", organisation };
  if (/^arn:[^:]+:(iam|sts)::\d{12}:(root$|user\/|role\/|assumed)/.test(text)) {
    return { principal: text };
  }
  const [account = text] = /(?<=^|:|^[a-z]+\/)\d{12}(?=[:/])/.exec(text) ?? [];
  return { principal: account };
}

/**
 * Groups of the own account, nobody at all, and people of its Identity Center. Source: AWS Lake Formation
 * developer guide, "Changing the default settings for your data lake" and "IAM Identity Center
 * integration"; Amazon S3 user guide, "S3 Access Grants and corporate directory identities"; Amazon
 * OpenSearch Service developer guide, "IAM Identity Center support for Amazon OpenSearch Serverless".
 */
const isOfNoAccount = (text: string): boolean =>
  ["IAM_ALLOWED_PRINCIPALS", "private"].includes(text) ||
  /^iamidentitycenter\/(?!\d{12}\/)/.test(text) ||
  /^(arn:[^:]+:identitystore:::(user|group)\/)?([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(
    text,
  );

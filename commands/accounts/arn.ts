/** `arn:<partition>:iam::<account>:…`; the account `aws` for what AWS itself owns. */
export const accountOfArn = (arn: string): string => arn.split(":")[4] ?? "";

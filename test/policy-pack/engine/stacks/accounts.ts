import { Provider } from "@pulumi/aws/provider";

/** The company's accounts, as a shared module gives them to its teams. */
const ids = {
  bastion: "111111111111",
  dev: "222222222222",
} as const;

/** The way into an account. */
export const into = (account: keyof typeof ids): Provider =>
  new Provider(account, {
    region: "eu-west-1",
    allowedAccountIds: [ids[account]],
    assumeRoles: [
      {
        roleArn: `arn:aws:iam::${ids[account]}:role/OrganizationAccountAccessRole`,
        sessionName: "deployment",
      },
    ],
  });

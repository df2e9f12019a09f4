import type { Declared } from "../pack";
import {
  allow,
  dev,
  json,
  people,
  root,
  trusts,
  type Statement,
} from "../rules/documents";
import { role } from "../rules/resources";

export const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
export const strongArn = `arn:aws:iam::${dev}:role/Strong`;

/** An administrator, which others may lead to. */
export const strong = (
  trust: Statement,
  inputs: object = {},
  more: object = {},
): Declared =>
  role(
    "Strong",
    {
      assumeRolePolicy: json(trust),
      managedPolicyArns: [administrator],
      ...inputs,
    },
    more,
  );

/** What people take, with MFA. */
export const support = (...statements: readonly Statement[]): Declared =>
  role("Support", {
    assumeRolePolicy: json(people()),
    inlinePolicies: [{ name: "p", policy: json(...statements) }],
  });

/** Lets in whoever of the role's own account may take it. */
export const ownRoot = trusts({ AWS: root(dev) });
export const taking = allow("sts:AssumeRole");

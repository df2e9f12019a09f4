import type { Cloud } from "./model";

/** What of an IAM entity its ARN is made of. */
export interface Named {
  readonly path: string;
  readonly name: string;
}

export type EntityKind =
  | "user"
  | "group"
  | "role"
  | "policy"
  | "mfa"
  | "instance-profile"
  | "server-certificate";

/** `arn:aws:iam::111111111111:user/path/name`. */
export const iamArn = (
  { partition }: Cloud,
  accountId: string,
  kind: EntityKind,
  { path, name }: Named,
): string => `arn:${partition}:iam::${accountId}:${kind}${path}${name}`;

export const rootArn = ({ partition }: Cloud, accountId: string): string =>
  `arn:${partition}:iam::${accountId}:root`;

export const sessionArn = (
  { partition }: Cloud,
  accountId: string,
  role: string,
  session: string,
): string =>
  `arn:${partition}:sts::${accountId}:assumed-role/${role}/${session}`;

/** Somebody that `GetFederationToken` opened a session for. */
export const federatedUserArn = (
  { partition }: Cloud,
  accountId: string,
  name: string,
): string => `arn:${partition}:sts::${accountId}:federated-user/${name}`;

/** The name in an ARN, without its path. */
export const nameIn = (arn: string): string =>
  arn.slice(arn.lastIndexOf("/") + 1);

/** The account in an ARN: its fifth part. */
export const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** The region in an ARN, its fourth part: empty for what is of no region. */
export const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

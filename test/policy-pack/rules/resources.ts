import type { Declared } from "../pack";
import { json, service, type Statement } from "./documents";

type Inputs = Readonly<Record<string, unknown>>;
type More = Omit<Declared, "type" | "name" | "inputs">;

export const resource = (
  type: string,
  name: string,
  inputs: Inputs = {},
  more: More = {},
): Declared => ({ type, name, inputs, ...more });

/** Of `aws:iam`: its modules are named as its resources are. */
export const iam = (
  type: string,
  name: string,
  inputs: Inputs = {},
  more: More = {},
): Declared =>
  resource(
    `aws:iam/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`,
    name,
    inputs,
    more,
  );

export const native = (
  type: string,
  name: string,
  inputs: Inputs = {},
  more: More = {},
): Declared => resource(`aws-native:iam:${type}`, name, inputs, more);

/** A role that a service takes, unless `inputs` say otherwise; called in AWS as in the program. */
export const role = (
  name: string,
  inputs: Inputs = {},
  more: More = {},
): Declared =>
  iam("Role", name, { name, assumeRolePolicy: json(service), ...inputs }, more);

export const nativeRole = (
  name: string,
  inputs: Inputs = {},
  more: More = {},
): Declared =>
  native(
    "Role",
    name,
    { roleName: name, assumeRolePolicyDocument: json(service), ...inputs },
    more,
  );

/** A role that these statements trust. */
export const support = (...statements: readonly Statement[]): Declared =>
  role("Support", { assumeRolePolicy: json(...statements) });

export const bucketPolicy = (policy: unknown): Declared =>
  resource("aws:s3/bucketPolicy:BucketPolicy", "notes", { policy });

export const user = (name: string): Declared => iam("User", name, { name });
export const group = (name: string): Declared => iam("Group", name, { name });

/** In the bastion. */
export const member = (name: string, ...groups: readonly string[]): Declared =>
  iam("UserGroupMembership", `${name}-groups`, { user: name, groups });

import { parseTrustDocument } from "./documents";
import { newAccessKeyId, newId, newSecret } from "./ids";
import type { AccessKey, Cloud, Group, Role, User } from "./model";

interface NewIdentity {
  readonly name: string;
  readonly path: string;
}

/** A user, group or role without policies; the prefix of its id tells its kind. */
export const newIdentity = (
  { now }: Cloud,
  prefix: "AIDA" | "AGPA" | "AROA",
  { name, path }: NewIdentity,
): Group => ({
  name,
  id: newId(prefix),
  path,
  createdAt: now(),
  inlinePolicies: new Map(),
  attachedPolicies: new Set(),
  serviceUses: new Map(),
});

/** A user without credentials, in no group. */
export const newUser = (identity: Group): User => ({
  ...identity,
  tags: [],
  groups: new Set(),
  accessKeys: new Map(),
  signingCertificates: new Map(),
  sshKeys: new Map(),
  serviceCredentials: new Map(),
});

/** A role that one principal may take, without further conditions, for an hour at most. */
export const newRole = (
  cloud: Cloud,
  named: NewIdentity,
  principal: Readonly<Record<string, string>>,
): Role => ({
  ...newIdentity(cloud, "AROA", named),
  tags: [],
  trustPolicy: parseTrustDocument(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" },
      ],
    }),
  ),
  maxSessionDuration: 3_600,
});

export const newAccessKey = ({ now }: Cloud): AccessKey => ({
  id: newAccessKeyId("AKIA"),
  secret: newSecret(),
  createdAt: now(),
  status: "Active",
});

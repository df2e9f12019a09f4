import iamWrites from "../data/iam-writes.json";
import type { Document } from "./document";
import { keysIn } from "./keys";

/** An action that changes IAM, and the types of resource that it works on. */
export interface IamWrite {
  readonly action: string;
  readonly resourceTypes: readonly string[];
}

/**
 * What leads to no permission and lets nobody in: roles that only an AWS service can take, under a path
 * where nothing else can be made (PowerUserAccess holds them); instance profiles, since the role in one is
 * one that PassRole allows, which is a question of its own; certificates of servers, which no request
 * is signed with; descriptions; tags, but of roles and users, which policies tell who somebody is by.
 * Source: AWS IAM API reference, "AddRoleToInstanceProfile", "UploadServerCertificate",
 * "UpdateRoleDescription"; AWS documentation, "Controlling access to and for IAM users and roles using
 * tags".
 */
const harmless =
  /^((Create|Delete)ServiceLinkedRole|(Create|Delete)InstanceProfile|(AddRoleTo|RemoveRoleFrom)InstanceProfile|(Upload|Update|Delete)ServerCertificate|UpdateRoleDescription|(Tag|Untag)(?!Role|User).*)$/;

/** A question of its own: it changes nothing in IAM, and gives a role's power to a service. */
const passRole = "PassRole";

/**
 * Each is enough to become anything: it gives a permission, lifts a limit, lets someone else in or
 * signs in as somebody else.
 */
const escalating = [
  "AttachRolePolicy",
  "PutRolePolicy",
  "CreatePolicyVersion",
  "SetDefaultPolicyVersion",
  "UpdateAssumeRolePolicy",
  "AttachUserPolicy",
  "PutUserPolicy",
  "AttachGroupPolicy",
  "PutGroupPolicy",
  "AddUserToGroup",
  "CreateAccessKey",
  "CreateLoginProfile",
  "UpdateLoginProfile",
  "DeleteRolePermissionsBoundary",
  "DeleteUserPermissionsBoundary",
  "DetachRolePolicy",
  "DeleteRolePolicy",
  "PutRolePermissionsBoundary",
  "PutUserPermissionsBoundary",
];

const actions = new Map<string, readonly string[]>(
  Object.entries(iamWrites.actions),
);

const write = (name: string): IamWrite => ({
  action: `iam:${name}`,
  resourceTypes: actions.get(name) ?? [],
});

export const escalatingWrites: readonly IamWrite[] = escalating.map(write);

/** Those that matter most stand first, since a finding names the first that is allowed. */
export const allIamWrites: readonly IamWrite[] = [
  ...new Set([...escalating, "CreateUser", "CreateRole", ...actions.keys()]),
]
  .filter((name) => !harmless.test(name) && name !== passRole)
  .map(write);

const changing: ReadonlySet<string> = new Set(
  Array.from(actions.keys(), (name) => `iam:${name}`),
);

const carriers: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(iamWrites.keys).map(([key, names]) => [
    key.toLowerCase(),
    new Set(names.map((name) => `iam:${name}`)),
  ]),
);

/**
 * Keys of IAM's own that the documents ask for and that no request for the action carries, as TagRole
 * tells no boundary. Source: AWS documentation, "Service Authorization Reference", IAM.
 */
export function keysNotCarried(
  documents: readonly Document[],
  action: string,
): readonly string[] {
  if (!changing.has(action)) return [];
  const asked = new Set(documents.flatMap(keysIn));
  return [...asked].filter(
    (key) => carriers.has(key) && !isCarried(key, action),
  );
}

/** @param key of IAM's own, in lower case */
export const isCarried = (key: string, action: string): boolean =>
  carriers.get(key)?.has(action) === true;

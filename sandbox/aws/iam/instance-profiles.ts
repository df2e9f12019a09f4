import { iamArn } from "../arn";
import {
  alreadyExists,
  checkQuota,
  deleteConflict,
  existing,
  limitExceeded,
} from "../errors";
import { newId } from "../ids";
import type { InstanceProfile, Role } from "../model";
import type { AlsoNeeded, Call, Operations, Result } from "../operation";
import { requestTags } from "../tags";
import { on, onIdentity } from "./actions";
import { listed } from "./descriptions";
import { changeableIdentity, identityArn, identityOf } from "./entities";
import { listPage } from "./paging";
import { pathIn, underPrefix } from "./paths";
import { quotas } from "./quotas";
import { tagOperations, tagsIn } from "./tags";

const nameIn = ({ parameters }: Call): string =>
  parameters.required("InstanceProfileName");

const arnOf = (
  { cloud, account }: Call,
  named: { readonly path: string; readonly name: string },
): string => iamArn(cloud, account.id, "instance-profile", named);

const newArn = (call: Call): string =>
  arnOf(call, { path: pathIn(call.parameters), name: nameIn(call) });

const profileOf = (call: Call): InstanceProfile => {
  const name = nameIn(call);
  const found = call.account.instanceProfiles.get(name);
  return existing(found, `Instance Profile ${name}`);
};

/** The profiles that hand this role out. */
export const profilesOf = (
  { account }: Call,
  { name }: Role,
): readonly InstanceProfile[] =>
  [...account.instanceProfiles.values()].filter(({ role }) => role === name);

/** As in a list, which leaves tags out. */
export function listedProfile(call: Call, profile: InstanceProfile): Result {
  const role = call.account.roles.get(profile.role ?? "");
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: arnOf(call, profile),
    CreateDate: profile.createdAt,
    Roles: role ? [listed(call, "Role", role)] : [],
  };
}

const describe = (call: Call, profile: InstanceProfile): Result => ({
  InstanceProfile: { ...listedProfile(call, profile), Tags: profile.tags },
});

const pageOfProfiles = (
  call: Call,
  profiles: readonly InstanceProfile[],
): Result =>
  listPage(
    call,
    "InstanceProfiles",
    profiles.map((one) => [one.name, listedProfile(call, one)]),
  );

function create(call: Call): Result {
  const name = nameIn(call);
  const { instanceProfiles } = call.account;
  for (const other of instanceProfiles.keys()) {
    if (other.toLowerCase() === name.toLowerCase())
      throw alreadyExists(`Instance Profile ${name}`);
  }
  const { size } = instanceProfiles;
  checkQuota("InstanceProfilesPerAccount", size, quotas.instanceProfiles);
  const profile: InstanceProfile = {
    name,
    id: newId("AIPA"),
    path: pathIn(call.parameters),
    createdAt: call.cloud.now(),
    tags: tagsIn(call),
  };
  instanceProfiles.set(name, profile);
  return describe(call, profile);
}

function addRole(profile: InstanceProfile, call: Call): void {
  const role = changeableIdentity(call, "Role");
  if (profile.role !== undefined)
    throw limitExceeded("InstanceSessionsPerInstanceProfile", 1);
  profile.role = role.name;
}

/** Whoever fills a profile hands the role to every instance that is started with it. */
const passesRole = (call: Call): readonly AlsoNeeded[] => [
  {
    action: "iam:PassRole",
    resource: identityArn(call, "Role"),
    context: { "iam:PassedToService": "ec2.amazonaws.com" },
  },
];

function removeRole(profile: InstanceProfile, call: Call): void {
  const { name } = identityOf(call, "Role");
  existing(
    profile.role === name ? name : undefined,
    `The role with name ${name} in instance profile ${profile.name}`,
  );
  delete profile.role;
}

const inUse = "remove roles from instance profile";

/** @throws AwsError DeleteConflict while a profile hands the role out. */
export function refuseInProfile(role: Role, call: Call): void {
  if (profilesOf(call, role).length > 0) throw deleteConflict(inUse);
}

const onProfile = on((call) => {
  const name = nameIn(call);
  const path = call.account.instanceProfiles.get(name)?.path ?? "/";
  return arnOf(call, { path, name });
}, profileOf);

/** What hands roles to EC2's instances. */
export const instanceProfileOperations: Operations = {
  CreateInstanceProfile: {
    resource: newArn,
    context: requestTags,
    run: create,
  },
  GetInstanceProfile: onProfile((profile, call) => describe(call, profile)),
  ListInstanceProfiles: {
    run: (call) => {
      const all = call.account.instanceProfiles.values();
      return pageOfProfiles(call, underPrefix(call.parameters, all));
    },
  },
  ListInstanceProfilesForRole: onIdentity("Role")((role, call) =>
    pageOfProfiles(call, profilesOf(call, role)),
  ),
  AddRoleToInstanceProfile: {
    ...onProfile(addRole),
    alsoNeeds: passesRole,
  },
  RemoveRoleFromInstanceProfile: onProfile(removeRole),
  DeleteInstanceProfile: onProfile((profile, call) => {
    if (profile.role !== undefined) throw deleteConflict(inUse);
    call.account.instanceProfiles.delete(profile.name);
  }),
  ...tagOperations("InstanceProfile", onProfile),
};

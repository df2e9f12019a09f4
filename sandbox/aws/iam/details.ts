import type { ManagedPolicy } from "../model";
import type { Call, Operations, Result } from "../operation";
import { describeAttached } from "./attachments";
import { describeRole, describeUser, listed } from "./descriptions";
import {
  mapOf,
  policiesInUse,
  type Identities,
  type Identity,
  type IdentityKind,
} from "./entities";
import { listedProfile, profilesOf } from "./instance-profiles";
import { pageOf } from "./paging";
import { describePolicy } from "./policies";
import { describeVersion } from "./policy-versions";

const filters = [
  "User",
  "Group",
  "Role",
  "LocalManagedPolicy",
  "AWSManagedPolicy",
] as const;
type Filter = (typeof filters)[number];

interface Detail {
  readonly kind: Filter;
  readonly key: string;
  readonly description: Result;
}

const describePolicies = (identity: Identity, kind: string): Result => ({
  [`${kind}PolicyList`]: [...identity.inlinePolicies].map(
    ([name, document]) => ({
      PolicyName: name,
      PolicyDocument: encodeURIComponent(document.text),
    }),
  ),
  AttachedManagedPolicies: [...identity.attachedPolicies].map(describeAttached),
});

/** What a detail leaves out of the description that the same identity has elsewhere. */
const brief = (description: Result): Result => ({
  ...description,
  PasswordLastUsed: undefined,
  Description: undefined,
  MaxSessionDuration: undefined,
});

const identityDetails = <K extends IdentityKind>(
  call: Call,
  kind: K,
  describe: (identity: Identities[K]) => Result,
): readonly Detail[] =>
  [...mapOf(call, kind).values()].map((identity) => ({
    kind,
    key: identity.name,
    description: {
      ...brief(describe(identity)),
      ...describePolicies(identity, kind),
    },
  }));

const policyDetails = (
  call: Call,
  kind: Filter,
  policies: Iterable<ManagedPolicy>,
): readonly Detail[] =>
  [...policies].map((policy) => ({
    kind,
    key: policy.arn,
    description: {
      ...describePolicy(call, policy),
      Tags: undefined,
      PolicyVersionList: policy.versions.map((version) =>
        describeVersion(policy, version, true),
      ),
    },
  }));

/** Those of AWS's own that the account uses. */
const usedOfAws = (call: Call): readonly ManagedPolicy[] =>
  [...policiesInUse(call)].flatMap(
    (arn) => call.cloud.awsPolicies.get(arn) ?? [],
  );

const everything = (call: Call): readonly Detail[] => [
  ...identityDetails(call, "User", (user) => ({
    ...describeUser(call, user),
    GroupList: [...user.groups],
  })),
  ...identityDetails(call, "Group", (group) => listed(call, "Group", group)),
  ...identityDetails(call, "Role", (role) => ({
    ...describeRole(call, role),
    InstanceProfileList: profilesOf(call, role).map((profile) =>
      listedProfile(call, profile),
    ),
  })),
  ...policyDetails(call, "LocalManagedPolicy", call.account.policies.values()),
  ...policyDetails(call, "AWSManagedPolicy", usedOfAws(call)),
];

function wantedKinds(call: Call): readonly string[] {
  const wanted = call.parameters.list("Filter");
  return wanted.length === 0 ? filters : wanted;
}

function details(call: Call): Result {
  const kinds = wantedKinds(call);
  const { items, trailer } = pageOf(
    call,
    everything(call)
      .filter(({ kind }) => kinds.includes(kind))
      .map((one) => [`${filters.indexOf(one.kind)} ${one.key}`, one]),
  );
  const of = (...some: readonly Filter[]): readonly Result[] =>
    items
      .filter(({ kind }) => some.includes(kind))
      .map(({ description }) => description);
  return {
    UserDetailList: of("User"),
    GroupDetailList: of("Group"),
    RoleDetailList: of("Role"),
    Policies: of("LocalManagedPolicy", "AWSManagedPolicy"),
    ...trailer,
  };
}

/** Everything in the account in one (paged) answer. */
export const detailOperations: Operations = {
  GetAccountAuthorizationDetails: { run: details },
};

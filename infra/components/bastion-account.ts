import { AccountAlias } from "@pulumi/aws/iam/accountAlias";
import { AccountPasswordPolicy } from "@pulumi/aws/iam/accountPasswordPolicy";
import { Group } from "@pulumi/aws/iam/group";
import { GroupMembership } from "@pulumi/aws/iam/groupMembership";
import { GroupPolicy } from "@pulumi/aws/iam/groupPolicy";
import { GroupPolicyAttachment } from "@pulumi/aws/iam/groupPolicyAttachment";
import { Policy } from "@pulumi/aws/iam/policy";
import { User } from "@pulumi/aws/iam/user";
import { UserLoginProfile } from "@pulumi/aws/iam/userLoginProfile";
import {
  ComponentResource,
  output,
  type ComponentResourceOptions,
  type Output,
} from "@pulumi/pulumi";
import type { PasswordPolicy, UserFacts } from "../config";
import type { GroupPlan } from "../groups";
import { denialsFirst } from "../documents/denials-first";
import {
  documentText,
  type PolicyDocument,
} from "../documents/policy-document";
import {
  bastionResources,
  componentTypes,
  formerBastionResources as former,
} from "../logical-names";
import { groupRolesPolicy } from "../names";
import type { BoundaryPlan } from "../pipeline-boundaries";
import type { RolePlan } from "../roles";
import {
  iamArn,
  signInUrl,
  type AccountId,
  type Partition,
} from "../partition";
import { makeBoundary, type MadeBoundary } from "./boundary";
import { inOrder } from "./in-order";
import { keepGroupTo, keepUserWithoutPolicies } from "./exclusive-policies";
import { people } from "../documents/trust";
import { makeRole } from "./role";
import { withReplacementsInPlace } from "./replacement";

/**
 * Plain values, not Pulumi's `Input`s: a preview has to know principals and ARNs, or a policy pack
 * can't judge them.
 */
export interface BastionAccountArgs {
  readonly partition: Partition;
  readonly accountId: AccountId;
  readonly accountAlias: string | undefined;
  readonly users: readonly UserFacts[];
  readonly groups: readonly GroupPlan[];
  /** Names of users and groups whose other policies stay: they are not the program's yet. */
  readonly keepPoliciesOf: readonly string[];
  readonly passwordPolicy: PasswordPolicy;
  /** undefined: no pipeline makes users, and nothing bounds them. */
  readonly userBoundary: BoundaryPlan | undefined;
  /** The auditor's and the help desk's, where config asks for them. */
  readonly roles: readonly RolePlan[];
}

export interface UserOutputs {
  readonly arn: string;
  /** Base64, for the holder of the user's PGP key; missing where config names no key. */
  readonly encryptedPassword?: string;
}

/**
 * The bastion account: users, the groups that say what they may take, and nothing else but an
 * auditor's and a help desk's role where config asks for them.
 */
export class BastionAccount extends ComponentResource {
  readonly accountId: Output<AccountId>;
  readonly signInUrl: Output<string>;
  readonly mfaSerialPattern: Output<string>;
  readonly users: Output<Readonly<Record<string, UserOutputs>>>;

  constructor(
    name: string,
    args: BastionAccountArgs,
    options?: ComponentResourceOptions,
  ) {
    super(componentTypes.bastion, name, args, withReplacementsInPlace(options));
    const { partition, accountId, accountAlias } = args;
    const names = bastionResources(name);
    this.makeAccountSettings(names, args);
    const boundary = makeBoundary(this, names.userBoundary, args.userBoundary);
    const users = new Map(
      args.users.map((user) => [
        user.name,
        this.makeUser(names, user, args, boundary),
      ]),
    );
    const memberships = this.makeGroups(names, users, args);
    // The help desk's comes after what closes roles to those whom it may help.
    for (const role of args.roles)
      makeRole(this, names, role, { after: memberships, takenBy: people });

    this.accountId = output(accountId);
    this.signInUrl = output(signInUrl(partition, accountAlias ?? accountId));
    // The device's name is the user's choice.
    this.mfaSerialPattern = output(iamArn(partition, accountId, "mfa/*"));
    this.users = output(
      Object.fromEntries(
        [...users].map(([user, made]) => [user, outputsOf(made)]),
      ),
    );
    this.registerOutputs({
      accountId: this.accountId,
      signInUrl: this.signInUrl,
      mfaSerialPattern: this.mfaSerialPattern,
      users: this.users,
    });
  }

  private makeAccountSettings(
    { accountAlias: alias, passwordPolicy }: BastionNames,
    { accountAlias, passwordPolicy: policy }: BastionAccountArgs,
  ): void {
    if (accountAlias !== undefined) {
      new AccountAlias(alias, { accountAlias }, { parent: this });
    }
    new AccountPasswordPolicy(
      passwordPolicy,
      {
        minimumPasswordLength: policy.minimumLength,
        passwordReusePrevention: policy.rememberedPasswords,
        ...(policy.maxAgeDays > 0 && { maxPasswordAge: policy.maxAgeDays }),
        requireLowercaseCharacters: true,
        requireUppercaseCharacters: true,
        requireNumbers: true,
        requireSymbols: true,
        allowUsersToChangePassword: true,
        // An expired password can be changed by its owner: no dead end.
        hardExpiry: false,
      },
      { parent: this },
    );
  }

  private makeUser(
    names: BastionNames,
    { name, tags, pgpKey }: UserFacts,
    { passwordPolicy, keepPoliciesOf }: BastionAccountArgs,
    ofPipeline: MadeBoundary | undefined,
  ): MadeUser {
    const aliases = [{ name: former.user(name) }];
    // It would close the policies that the user keeps for now.
    const boundary = keepPoliciesOf.includes(name) ? undefined : ofPipeline;
    const user = new User(
      names.user(name),
      // Removing a user from config also removes the keys, devices and password they made.
      {
        name,
        tags,
        forceDestroy: true,
        ...(boundary && { permissionsBoundary: boundary.arn }),
      },
      { parent: this, aliases, dependsOn: boundary?.policy ?? [] },
    );
    if (!keepPoliciesOf.includes(name)) {
      keepUserWithoutPolicies(user, names.user(name));
    }
    if (pgpKey === undefined) return { user };
    const firstPassword = new UserLoginProfile(
      names.user(name),
      {
        user: user.name,
        pgpKey,
        passwordResetRequired: true,
        passwordLength: Math.max(
          passwordPolicy.minimumLength,
          firstPasswordLength,
        ),
      },
      // Given once. Replacing it, for another key or length or since the user has changed it by now,
      // would take away the password that the user has.
      {
        parent: user,
        aliases,
        ignoreChanges: ["pgpKey", "passwordLength", "passwordResetRequired"],
      },
    );
    return { user, firstPassword };
  }

  /** @returns who is in them, which comes after what they say */
  private makeGroups(
    names: BastionNames,
    users: ReadonlyMap<string, MadeUser>,
    args: BastionAccountArgs,
  ): GroupMembership[] {
    const memberships = new Map<string, GroupMembership>();
    // What others come after comes after fewer.
    const inTurn = args.groups.toSorted(
      (one, other) => one.joinedAfter.length - other.joinedAfter.length,
    );
    for (const group of inTurn) {
      const membership = this.makeGroup(names, group, users, args, memberships);
      memberships.set(group.name, membership);
    }
    return [...memberships.values()];
  }

  private makeGroup(
    names: BastionNames,
    { name, members, joinedAfter, ...policies }: GroupPlan,
    users: ReadonlyMap<string, MadeUser>,
    { keepPoliciesOf }: BastionAccountArgs,
    memberships: ReadonlyMap<string, GroupMembership>,
  ): GroupMembership {
    const aliases = [{ name: former.group(name) }];
    const group = new Group(
      names.group(name),
      { name },
      { parent: this, aliases },
    );
    const managed = policies.managedPolicies.map((document, index) =>
      makeManagedPolicy(names, { group, name }, document, index + 1),
    );
    const inline = makeInlinePolicies(
      names,
      { group, name },
      policies,
      managed.map(({ attachment }) => attachment),
    );
    const madeBy = [...inline, ...managed.map(({ attachment }) => attachment)];
    if (!keepPoliciesOf.includes(name)) {
      keepGroupTo(group, names.group(name), {
        inline: Object.keys(policies.inlinePolicies),
        managed: managed.map(({ policy }) => policy.arn),
        madeBy,
      });
    }
    // The whole list, so that somebody put into a group by hand is drift, and is taken out again. Made
    // after the policies, and removed before them: nobody is in the group without its denials, nor
    // without those of the groups that come before it.
    return new GroupMembership(
      names.group(name),
      {
        group: group.name,
        name,
        users: members.flatMap((member) => users.get(member)?.user.name ?? []),
      },
      {
        parent: group,
        aliases,
        dependsOn: [
          ...madeBy,
          ...joinedAfter.flatMap((one) => memberships.get(one) ?? []),
        ],
      },
    );
  }
}

type BastionNames = ReturnType<typeof bastionResources>;

interface NamedGroup {
  readonly group: Group;
  readonly name: string;
}

/**
 * What is denied comes before what is allowed, and goes after it.
 *
 * @param managed attachments that may take over what an inline policy says no more
 */
function makeInlinePolicies(
  names: BastionNames,
  { group, name }: NamedGroup,
  { inlinePolicies }: Pick<GroupPlan, "inlinePolicies">,
  managed: readonly GroupPolicyAttachment[],
): readonly GroupPolicy[] {
  const texts = Object.entries(inlinePolicies).map(
    ([policy, document]) => [policy, documentText(document)] as const,
  );
  return inOrder(
    denialsFirst(texts),
    ([policy, text], dependsOn) =>
      new GroupPolicy(
        names.groupPolicy(name, policy),
        { group: group.name, name: policy, policy: text },
        {
          parent: group,
          aliases: [{ name: former.groupPolicy(name, policy) }],
          dependsOn,
        },
      ),
    managed,
  );
}

function makeManagedPolicy(
  names: BastionNames,
  { group, name }: NamedGroup,
  document: PolicyDocument,
  number: number,
): MadePolicy {
  const logicalName = names.groupRolesPolicy(name, number);
  const options = {
    parent: group,
    aliases: [{ name: former.groupRolesPolicy(name, number) }],
  };
  const policy = new Policy(
    logicalName,
    { name: groupRolesPolicy(name, number), policy: documentText(document) },
    options,
  );
  const attachment = new GroupPolicyAttachment(
    logicalName,
    { group: group.name, policyArn: policy.arn },
    options,
  );
  return { policy, attachment };
}

interface MadePolicy {
  readonly policy: Policy;
  readonly attachment: GroupPolicyAttachment;
}

/** Characters; long, since it is pasted once and then changed. */
const firstPasswordLength = 24;

interface MadeUser {
  readonly user: User;
  readonly firstPassword?: UserLoginProfile;
}

const outputsOf = ({ user, firstPassword }: MadeUser): Output<UserOutputs> =>
  output({
    arn: user.arn,
    ...(firstPassword && {
      encryptedPassword: firstPassword.encryptedPassword,
    }),
  });

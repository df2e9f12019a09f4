import type { LiveAccount, LiveUser } from "../accounts/live-account";
import {
  consoleOnlyGroup,
  everybodysGroup,
  isDeployed,
  teamGroup,
} from "./pattern";
import type { Project } from "./project";
import { mayUseKeys, type Teams } from "./teams";
import { version } from "@pulumi/aws/package.json";

/** What `pulumi import --file` reads. */
export interface ImportFile {
  readonly resources: readonly ImportedResource[];
}

export interface ImportedResource {
  readonly type: string;
  /** For other entries to name; unlike `logicalName`, no other entry of any type has it. */
  readonly name: string;
  /** The name that the program gives. */
  readonly logicalName: string;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly component?: boolean;
  readonly version?: string;
  readonly inputs?: Readonly<Record<string, string>>;
}

const component = "bastion-account";
const provider = "account-provider";

/**
 * Everything that is there already and that the program will ask for: types, names, parents and ids
 * are those that the program in infra/ registers, so that nothing is made anew. The provider and the
 * component are made by the import itself.
 */
export function importFile(
  account: LiveAccount,
  project: Project,
  users: readonly LiveUser[],
  teams: Teams,
): ImportFile {
  return {
    resources: [
      providerOf(account, project),
      {
        type: "bastion:index:BastionAccount",
        name: component,
        logicalName: "bastion",
        component: true,
      },
      ...(isDeployed(account) ? [] : settings(account)),
      ...users.map(({ name }) =>
        resource("aws:iam/user:User", `user ${name}`, name, name),
      ),
      ...groupsThere(account, users, teams).map((name) =>
        resource("aws:iam/group:Group", `group ${name}`, name, name),
      ),
    ],
  };
}

const resource = (
  type: string,
  name: string,
  logicalName: string,
  id: string,
): ImportedResource => ({
  type,
  name,
  logicalName,
  id,
  parent: component,
  provider,
  version,
});

/** Maps and lists are JSON in a provider's inputs. */
function providerOf(
  { accountId, partition }: LiveAccount,
  { region, deploymentRole, tags }: Project,
): ImportedResource {
  const role =
    deploymentRole === undefined
      ? {}
      : {
          assumeRoles: JSON.stringify([
            {
              roleArn: `arn:${partition}:iam::${accountId}:role/${deploymentRole}`,
              sessionName: "bastion-account-deployment",
            },
          ]),
        };
  return {
    type: "pulumi:providers:aws",
    name: provider,
    logicalName: "account-bastion",
    version,
    inputs: {
      region,
      allowedAccountIds: JSON.stringify([accountId]),
      defaultTags: JSON.stringify({ tags }),
      ...role,
      skipCredentialsValidation: "false",
      skipRegionValidation: "true",
    },
  };
}

const settings = ({
  alias,
  passwordPolicy,
}: LiveAccount): readonly ImportedResource[] => [
  ...(alias === undefined
    ? []
    : [
        resource(
          "aws:iam/accountAlias:AccountAlias",
          "account alias",
          "bastion-alias",
          alias,
        ),
      ]),
  ...(passwordPolicy === undefined
    ? []
    : [
        resource(
          "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
          "password policy",
          "bastion-password-policy",
          "iam-account-password-policy",
        ),
      ]),
];

/** Groups that bear a name which the program would give to one of its own. */
function groupsThere(
  account: LiveAccount,
  users: readonly LiveUser[],
  teams: Teams,
): readonly string[] {
  const used = users.flatMap(({ name }) => teams.of.get(name) ?? []);
  const wanted = new Set([
    everybodysGroup,
    ...(users.every(mayUseKeys) ? [] : [consoleOnlyGroup]),
    ...used.map(teamGroup),
  ]);
  return account.groups
    .map(({ name }) => name)
    .filter((name) => wanted.has(name));
}

import { version } from "@pulumi/aws/package.json";
import { planGroups } from "../../infra/groups";
import {
  accountProvider,
  bastionComponent,
  bastionResources,
  componentTypes,
} from "../../infra/logical-names";
import { providerInputs } from "../../infra/provider-inputs";
import type { BastionConfig } from "../../infra/config";
import type {
  LiveAccount,
  LiveGroup,
  LiveUser,
} from "../accounts/live-account";
import { isDeployed } from "./own-groups";

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
const names = bastionResources(bastionComponent);

/**
 * Everything that is there already and that the program will ask for: types, names, parents and ids
 * are those that the program in infra/ registers, so that nothing is made anew. The provider and the
 * component are made by the import itself.
 *
 * @param config with the users in it
 * @throws ConfigError when a group's roles exceed IAM's quotas.
 */
export function importFile(
  account: LiveAccount,
  config: BastionConfig,
  users: readonly LiveUser[],
): ImportFile {
  return {
    resources: [
      providerOf(config),
      {
        type: componentTypes.bastion,
        name: component,
        logicalName: bastionComponent,
        component: true,
      },
      ...(isDeployed(account) ? [] : settings(account)),
      ...users.map(({ name }) =>
        resource("user", `user ${name}`, names.user(name), name),
      ),
      ...importedGroups(account, config, users).map(({ name }) =>
        resource("group", `group ${name}`, names.group(name), name),
      ),
    ],
  };
}

/** Groups of the account that the program is to have, with one of the users in them. */
export function importedGroups(
  { groups }: LiveAccount,
  config: BastionConfig,
  users: readonly LiveUser[],
): readonly LiveGroup[] {
  const imported = new Set(users.map(({ name }) => name));
  const planned = planGroups(config)
    .filter(({ members }) => members.some((member) => imported.has(member)))
    .map(({ name }) => name);
  return groups.filter(({ name }) => planned.includes(name));
}

/** @param kind as in `aws:iam/user:User` */
const resource = (
  kind: string,
  name: string,
  logicalName: string,
  id: string,
): ImportedResource => ({
  type: `aws:iam/${kind}:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
  name,
  logicalName,
  id,
  parent: component,
  provider,
  version,
});

/** Maps and lists are JSON in a provider's inputs. */
const providerOf = ({
  accountId,
  organisation,
}: BastionConfig): ImportedResource => ({
  type: "pulumi:providers:aws",
  name: provider,
  logicalName: accountProvider(bastionComponent),
  version,
  inputs: {
    ...Object.fromEntries(
      Object.entries(providerInputs(accountId, organisation)).map(
        ([key, value]) => [
          key,
          typeof value === "string" ? value : JSON.stringify(value),
        ],
      ),
    ),
    // The SDK adds its own defaults.
    skipCredentialsValidation: "false",
    skipRegionValidation: "true",
  },
});

function settings({
  alias,
  passwordPolicy,
}: LiveAccount): readonly ImportedResource[] {
  const { accountAlias, passwordPolicy: policy } = names;
  const id = "iam-account-password-policy";
  return [
    ...(alias === undefined
      ? []
      : [resource("accountAlias", "account alias", accountAlias, alias)]),
    ...(passwordPolicy === undefined
      ? []
      : [resource("accountPasswordPolicy", "password policy", policy, id)]),
  ];
}

import * as iam from "@aws-sdk/client-iam";
import { unlessMissing } from "../missing";
import {
  optionalText,
  tagsOf,
  text,
  type ConnectedAccount,
  type ResourceType,
} from "../resource";
import { readTags, tagChanges, toAwsTags } from "../tags";

/** IAM's quota: a sixth version needs the oldest to go. */
const mostVersions = 5;

/** `aws:iam/policy:Policy`: a managed policy of the account's own. */
export const policy: ResourceType = {
  replaceOn: ["name", "path", "description"],
  documents: ["policy"],
  named: "name",
  tagged: true,
  optional: ["tags"],
  defaults: { path: "/" },

  create: async ({ iam: client }, inputs) => {
    const { Policy } = await client.send(
      new iam.CreatePolicyCommand({
        PolicyName: text(inputs, "name"),
        Path: optionalText(inputs, "path"),
        Description: optionalText(inputs, "description"),
        PolicyDocument: text(inputs, "policy"),
        Tags: toAwsTags(tagsOf(inputs, "tagsAll")),
      }),
    );
    return { id: Policy?.Arn ?? "" };
  },

  read: async (account, id, state) => {
    const { iam: client } = account;
    const found = await unlessMissing(
      client.send(new iam.GetPolicyCommand({ PolicyArn: id })),
    );
    if (!found?.Policy) return undefined;
    const { PolicyName, Path, Description, DefaultVersionId, PolicyId, Tags } =
      found.Policy;
    const { PolicyVersion } = await client.send(
      new iam.GetPolicyVersionCommand({
        PolicyArn: id,
        VersionId: DefaultVersionId,
      }),
    );
    return {
      arn: id,
      policyId: PolicyId,
      name: PolicyName,
      path: Path,
      description: Description,
      policy: decodeURIComponent(PolicyVersion?.Document ?? ""),
      ...readTags(account, state, Tags),
    };
  },

  update: async (account, id, olds, news) => {
    const { iam: client } = account;
    if (olds["policy"] !== news["policy"]) {
      await makeRoom(account, id);
      await client.send(
        new iam.CreatePolicyVersionCommand({
          PolicyArn: id,
          PolicyDocument: text(news, "policy"),
          SetAsDefault: true,
        }),
      );
    }
    const { set, remove } = tagChanges(olds, news);
    if (set.length > 0) {
      await client.send(new iam.TagPolicyCommand({ PolicyArn: id, Tags: set }));
    }
    if (remove.length > 0) {
      await client.send(
        new iam.UntagPolicyCommand({ PolicyArn: id, TagKeys: remove }),
      );
    }
  },

  remove: async (account, id) => {
    for (const VersionId of await otherVersions(account, id)) {
      await account.iam.send(
        new iam.DeletePolicyVersionCommand({ PolicyArn: id, VersionId }),
      );
    }
    await account.iam.send(new iam.DeletePolicyCommand({ PolicyArn: id }));
  },
};

/** Newest first, the default version left out. */
async function otherVersions(
  { iam: client }: ConnectedAccount,
  arn: string,
): Promise<readonly string[]> {
  const { Versions = [] } = await client.send(
    new iam.ListPolicyVersionsCommand({ PolicyArn: arn }),
  );
  return Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).map(
    ({ VersionId }) => VersionId ?? "",
  );
}

async function makeRoom(account: ConnectedAccount, arn: string): Promise<void> {
  const others = await otherVersions(account, arn);
  const oldest = others.at(-1);
  if (oldest === undefined || others.length + 1 < mostVersions) return;
  await account.iam.send(
    new iam.DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: oldest }),
  );
}

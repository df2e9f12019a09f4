import * as iam from "@aws-sdk/client-iam";
import { documentInput, documentText } from "../document-input";
import { sameDocument } from "../equality";
import { unlessMissing } from "../errors";
import { descriptionInput, fixedName, pathInput } from "../names";
import { optionalText, text } from "../properties";
import type { ResourceType } from "../resource";
import { readTags, tagInputs, tagsOf, toAwsTags, updateTags } from "../tags";

/** IAM's quota: a sixth version needs the oldest to go. */
const mostVersions = 5;

/** `aws:iam/policy:Policy`: a managed policy of the account's own. */
export const policy: ResourceType = {
  inputs: {
    ...fixedName(128),
    path: { ...pathInput, replaces: true },
    description: { ...descriptionInput, replaces: true },
    policy: documentInput,
    // AWS takes time to know of a policy; the sandbox does not.
    delayAfterPolicyCreationInMs: {},
    ...tagInputs,
  },
  outputs: ["arn", "policyId", "attachmentCount"],
  longestName: 128,
  fromId: (arn) => ({ arn }),

  create: async ({ iam: client }, inputs) => {
    const { Policy } = await client.send(
      new iam.CreatePolicyCommand({
        PolicyName: text(inputs, "name"),
        Path: optionalText(inputs, "path"),
        Description: optionalText(inputs, "description"),
        PolicyDocument: documentText(inputs["policy"]),
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
    const live = found.Policy;
    const { PolicyVersion } = await client.send(
      new iam.GetPolicyVersionCommand({
        PolicyArn: id,
        VersionId: live.DefaultVersionId,
      }),
    );
    return {
      arn: id,
      policyId: live.PolicyId,
      attachmentCount: live.AttachmentCount,
      name: live.PolicyName,
      path: live.Path,
      description: live.Description,
      policy: decodeURIComponent(PolicyVersion?.Document ?? ""),
      ...readTags(account, state, live.Tags),
    };
  },

  update: async ({ iam: client }, id, olds, news) => {
    if (!sameDocument(olds["policy"], news["policy"])) {
      await makeRoom(client, id);
      await client.send(
        new iam.CreatePolicyVersionCommand({
          PolicyArn: id,
          PolicyDocument: documentText(news["policy"]),
          SetAsDefault: true,
        }),
      );
    }
    await updateTags(olds, news, {
      tag: (Tags) =>
        client.send(new iam.TagPolicyCommand({ PolicyArn: id, Tags })),
      untag: (TagKeys) =>
        client.send(new iam.UntagPolicyCommand({ PolicyArn: id, TagKeys })),
    });
  },

  remove: async ({ iam: client }, id) => {
    for (const VersionId of await otherVersions(client, id)) {
      await client.send(
        new iam.DeletePolicyVersionCommand({ PolicyArn: id, VersionId }),
      );
    }
    await client.send(new iam.DeletePolicyCommand({ PolicyArn: id }));
  },
};

/** Oldest first, the default version left out. */
async function otherVersions(
  client: iam.IAMClient,
  PolicyArn: string,
): Promise<readonly string[]> {
  const versions: iam.PolicyVersion[] = [];
  for await (const { Versions = [] } of iam.paginateListPolicyVersions(
    { client },
    { PolicyArn },
  )) {
    versions.push(...Versions);
  }
  const number = ({ VersionId = "" }: iam.PolicyVersion) =>
    Number(VersionId.slice(1));
  return versions
    .filter(({ IsDefaultVersion }) => !IsDefaultVersion)
    .sort((a, b) => number(a) - number(b))
    .map(({ VersionId = "" }) => VersionId);
}

async function makeRoom(
  client: iam.IAMClient,
  PolicyArn: string,
): Promise<void> {
  const others = await otherVersions(client, PolicyArn);
  const [VersionId] = others;
  if (VersionId === undefined || others.length + 1 < mostVersions) return;
  await client.send(
    new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId }),
  );
}

import type { IAM, PolicyVersion } from "@aws-sdk/client-iam";
import { documentInput, documentText } from "../document-input";
import { allItems } from "../lists";
import { descriptionInput, fixedName, pathInput } from "../names";
import { optionalText, text } from "../properties";
import type { ResourceType } from "../resource";
import { newTags, tagInputs } from "../tags";

/** IAM's quota: a sixth version needs the oldest to go. */
const mostVersions = 5;

/** `aws:iam/policy:Policy`: a managed policy of the account's own. */
export const policy: ResourceType = {
  inputs: {
    ...fixedName(128),
    path: { ...pathInput, replaces: true },
    description: { ...descriptionInput, replaces: true },
    policy: {
      ...documentInput,
      update: async ({ iam }, PolicyArn, news) => {
        await makeRoom(iam, PolicyArn);
        await iam.createPolicyVersion({
          PolicyArn,
          PolicyDocument: documentText(news["policy"]),
          SetAsDefault: true,
        });
      },
    },
    // AWS takes time to know of a policy; the sandbox does not.
    delayAfterPolicyCreationInMs: {},
    ...tagInputs,
  },
  outputs: ["arn", "policyId", "attachmentCount"],
  fromId: (arn) => ({ arn }),

  create: async ({ iam }, inputs) => {
    const { Policy } = await iam.createPolicy({
      PolicyName: text(inputs, "name"),
      Path: optionalText(inputs, "path"),
      Description: optionalText(inputs, "description"),
      PolicyDocument: documentText(inputs["policy"]),
      Tags: newTags(inputs),
    });
    return Policy?.Arn ?? "";
  },

  read: async ({ iam }, PolicyArn) => {
    const { Policy: live } = await iam.getPolicy({ PolicyArn });
    if (!live) return undefined;
    const { PolicyVersion: version } = await iam.getPolicyVersion({
      PolicyArn,
      VersionId: live.DefaultVersionId,
    });
    return {
      arn: PolicyArn,
      policyId: live.PolicyId,
      attachmentCount: live.AttachmentCount,
      name: live.PolicyName,
      path: live.Path,
      description: live.Description,
      policy: decodeURIComponent(version?.Document ?? ""),
      tags: live.Tags,
    };
  },

  tags: {
    set: ({ iam }, PolicyArn, Tags) => iam.tagPolicy({ PolicyArn, Tags }),
    remove: ({ iam }, PolicyArn, TagKeys) =>
      iam.untagPolicy({ PolicyArn, TagKeys }),
  },

  remove: async ({ iam }, PolicyArn) => {
    for (const VersionId of await otherVersions(iam, PolicyArn)) {
      await iam.deletePolicyVersion({ PolicyArn, VersionId });
    }
    await iam.deletePolicy({ PolicyArn });
  },
};

/** Oldest first, the default version left out. */
async function otherVersions(
  iam: IAM,
  PolicyArn: string,
): Promise<readonly string[]> {
  const versions = await allItems(
    iam.paginateListPolicyVersions({ PolicyArn }),
    ({ Versions }) => Versions,
  );
  const number = ({ VersionId = "" }: PolicyVersion) =>
    Number(VersionId.slice(1));
  return versions
    .filter(({ IsDefaultVersion }) => !IsDefaultVersion)
    .sort((a, b) => number(a) - number(b))
    .map(({ VersionId = "" }) => VersionId);
}

async function makeRoom(iam: IAM, PolicyArn: string): Promise<void> {
  const others = await otherVersions(iam, PolicyArn);
  const [VersionId] = others;
  if (VersionId === undefined || others.length + 1 < mostVersions) return;
  await iam.deletePolicyVersion({ PolicyArn, VersionId });
}

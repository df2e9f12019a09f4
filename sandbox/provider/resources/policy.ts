import type { IAM, Policy, PolicyVersion } from "@aws-sdk/client-iam";
import { iamDocumentInput } from "../document-input";
import { unlessMissing } from "../errors";
import { allItems } from "../lists";
import { descriptionInput, fixedName, pathInput } from "../names";
import { text } from "../properties";
import type { ResourceType } from "../resource";
import { tagInputs } from "../tags";

/** IAM's quota: a sixth version needs the oldest to go. */
const mostVersions = 5;

/** `aws:iam/policy:Policy`: a managed policy of the account's own. */
export const policy: ResourceType = {
  inputs: {
    ...fixedName(128, "PolicyName"),
    path: { ...pathInput, replaces: true },
    description: { ...descriptionInput, replaces: true },
    policy: {
      ...iamDocumentInput,
      aws: "PolicyDocument",
      update: async ({ iam, id: PolicyArn, properties }) => {
        await makeRoom(iam, PolicyArn);
        await iam.createPolicyVersion({
          PolicyArn,
          PolicyDocument: text(properties, "policy"),
          SetAsDefault: true,
        });
      },
    },
    // AWS takes time to know of a policy; the sandbox does not.
    delayAfterPolicyCreationInMs: {},
    ...tagInputs,
  },
  outputs: {
    arn: "Arn",
    policyId: "PolicyId",
    attachmentCount: "AttachmentCount",
  },
  id: "arn",

  create: async ({ iam, parameters }) =>
    (await iam.createPolicy(parameters)).Policy,

  find: async ({ iam, id }) => (await iam.getPolicy({ PolicyArn: id })).Policy,

  details: async ({ iam, id }, { DefaultVersionId }: Policy) => {
    const { PolicyVersion: version } = await iam.getPolicyVersion({
      PolicyArn: id,
      VersionId: DefaultVersionId,
    });
    return { PolicyDocument: version?.Document };
  },

  tags: {
    set: ({ iam, id }, Tags) => iam.tagPolicy({ PolicyArn: id, Tags }),
    remove: ({ iam, id }, TagKeys) =>
      iam.untagPolicy({ PolicyArn: id, TagKeys }),
  },

  clear: async ({ iam, id: PolicyArn }) => {
    for (const VersionId of await otherVersions(iam, PolicyArn)) {
      await unlessMissing(iam.deletePolicyVersion({ PolicyArn, VersionId }));
    }
  },

  remove: ({ iam, id }) => iam.deletePolicy({ PolicyArn: id }),
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

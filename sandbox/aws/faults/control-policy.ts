import type { Cloud } from "../model";
import { attachedTo } from "../organizations/organization";
import { newLowerCaseId } from "../ids";

/** Denies the actions in all member accounts. @returns what takes the denial away again */
export function denyEverywhere(
  { organization }: Cloud,
  actions: readonly string[],
): () => void {
  const { policies, attachments, rootId } = organization;
  const id = `p-${newLowerCaseId(8)}`;
  const parsed = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: actions, Resource: "*" }],
  };
  policies.set(id, {
    id,
    name: "denial-in-the-middle",
    description: "",
    document: { text: JSON.stringify(parsed), parsed },
    isAws: false,
  });
  attachments.set(rootId, new Set([...attachedTo(organization, rootId), id]));
  return () => {
    const left = [...attachedTo(organization, rootId)].filter(
      (one) => one !== id,
    );
    attachments.set(rootId, new Set(left));
    policies.delete(id);
  };
}

import { jsonService } from "../services/json";
import { attachmentOperations } from "./attachments";
import { policyOperations } from "./policies";
import { treeOperations } from "./tree";

/** AWS Organizations, as far as service control policies and what they hang on go. */
export const organizations = jsonService("organizations", {
  ...treeOperations,
  ...policyOperations,
  ...attachmentOperations,
});

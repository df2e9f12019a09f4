import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { bastion } from "../people";

const provider = into("bastion");
bastion(provider);

// In no group at all, and with a policy of her own.
const eve = new iam.User("eve", { name: "eve" }, { provider });
new iam.UserPolicyAttachment(
  "eve-billing",
  { user: eve.name, policyArn: "arn:aws:iam::aws:policy/job-function/Billing" },
  { provider },
);

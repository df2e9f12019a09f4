import * as iam from "@pulumi/aws/iam";
import { into } from "../accounts";
import { bastion } from "../people";

const provider = into("bastion");
bastion(provider, { passwordLength: 8 });

// Its secret half stands in the state.
new iam.AccessKey("ada-key", { user: "ada" }, { provider });

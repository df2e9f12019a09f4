import { Bucket } from "@pulumi/aws/s3/bucket";
import { into } from "../accounts";
import { bastion } from "../people";

const provider = into("bastion");
bastion(provider);

new Bucket("audit-trail", {}, { provider });

import { iamOperations } from "../iam";
import { organizations } from "../organizations";
import type { ServiceName } from "../service-models/service-model";
import { accessAnalyzer } from "./access-analyzer";
import { dynamodb } from "./dynamodb";
import { ec2 } from "./ec2";
import { events } from "./events";
import { kms } from "./kms";
import { queryService } from "./query";
import { s3 } from "./s3";
import type { Service } from "./service";
import { snsOperations } from "./sns";
import { stsOperations } from "./sts";

export const sts = queryService("sts", stsOperations);

/** By the name that requests are signed for. */
export const services: ReadonlyMap<ServiceName, Service> = new Map([
  ["iam", queryService("iam", iamOperations)],
  ["sts", sts],
  // Source: Amazon SNS API Reference, "Publish", errors.
  ["sns", queryService("sns", snsOperations, "AuthorizationError")],
  ["s3", s3],
  ["ec2", ec2],
  ["dynamodb", dynamodb],
  ["events", events],
  ["kms", kms],
  ["access-analyzer", accessAnalyzer],
  ["organizations", organizations],
]);

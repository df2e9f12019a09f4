import { randomUUID } from "node:crypto";
import type { Cloud } from "../model";
import type { Fields } from "../services/json-body";
import { isFields } from "../services/json-body";
import { seconds } from "./identity";

/** An event as EventBridge delivers it from CloudTrail. */
export type TrailEvent = Fields & {
  readonly account: string;
  readonly region: string;
  readonly detail: Fields;
};

/** Whose trail an event is in, where it happened, and what EventBridge calls its kind. */
export interface EventPlace {
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly detailType: string;
}

/**
 * Source: AWS documentation, "AWS service events delivered via AWS CloudTrail"; "CloudTrail record
 * contents for management, data, and network activity events".
 */
export function trailEvent(
  { now }: Cloud,
  { account, region, source, detailType }: EventPlace,
  detail: Fields,
): TrailEvent {
  const time = seconds(now());
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": detailType,
    source,
    account,
    time,
    region,
    resources: [],
    detail: {
      eventVersion: "1.11",
      eventTime: time,
      awsRegion: region,
      eventID: randomUUID(),
      requestID: randomUUID(),
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: "Management",
      ...detail,
    },
  };
}

/** What CloudTrail keeps to itself. A test holds it to what AWS's models call sensitive. */
const secret =
  /Password$|AuthenticationCode|^TokenCode$|Token$|PrivateKey|^SAMLAssertion$|^Plaintext$|Secret|^ApiKeyValue$|CustomerKey$/;

/** Parameters as CloudTrail writes them: names begin small, and no secret is told. */
export function told(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(told);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !secret.test(name))
      .map(([name, one]) => [
        `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
        told(one),
      ]),
  );
}

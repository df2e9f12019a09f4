import type { Cloud } from "./model";
import type { Subscription } from "./services/sns-topics";

/** A mail that SNS sent. */
export interface Mail {
  /** The topic's ARN. */
  readonly topic: string;
  readonly subject: string;
  readonly text: string;
  /** The subscription that its reader confirms by following the link in it. */
  readonly asksFor?: Subscription;
}

const mailboxes = new WeakMap<Cloud, Map<string, Mail[]>>();

/** What came for an address, the oldest first. */
export const mailsTo = (cloud: Cloud, address: string): readonly Mail[] =>
  mailboxes.get(cloud)?.get(address) ?? [];

export function sendMail(cloud: Cloud, address: string, mail: Mail): void {
  const boxes = mailboxes.get(cloud) ?? new Map<string, Mail[]>();
  mailboxes.set(cloud, boxes);
  boxes.set(address, [...(boxes.get(address) ?? []), mail]);
}

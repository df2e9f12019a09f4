import type { StoredDocument, Tag } from "../model";
import { perAccount } from "../per-account";

export interface Subscription {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Whether its owner has followed the link in the first mail; nothing else is sent before. */
  isConfirmed: boolean;
}

export interface Topic {
  readonly arn: string;
  readonly attributes: Map<string, string>;
  policy: StoredDocument;
  tags: Tag[];
  readonly subscriptions: Map<string, Subscription>;
}

/** By ARN: a topic is one region's. */
export const topicsOf = perAccount(() => new Map<string, Topic>());

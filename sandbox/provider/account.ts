import type { IAM } from "@aws-sdk/client-iam";
import type { STS } from "@aws-sdk/client-sts";
import type { ServiceCalls } from "./service-calls";

/** What a provider's `defaultTags` and `ignoreTags` say. */
export interface TagRules {
  readonly defaults: Readonly<Record<string, string>>;
  readonly ignored: (key: string) => boolean;
}

/** One account, as one of the program's providers reaches it. */
export interface ConnectedAccount {
  /** 12 digits; empty when the provider's arguments ask not to look it up. */
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly iam: IAM;
  readonly sts: STS;
  readonly servicesIn: (region: string) => ServiceCalls;
  readonly tagRules: TagRules;
}

/** What a resource is made through: its account, in the region that the resource is in. */
export interface Clients extends ServiceCalls {
  readonly accountId: string;
  readonly region: string;
  readonly iam: IAM;
}

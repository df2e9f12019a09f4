import type { ContextKeys } from "../context";
import type { StoredDocument } from "../model";
import type { AwsError, Call } from "../operation";
import type { ReceivedRequest } from "../signature";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What a request of a service outside IAM and STS asks for. */
export interface ServiceWish {
  readonly action: string;
  readonly resource: string;
  readonly context?: ContextKeys;
  /** The policy of the resource: for a key, its key policy. */
  readonly resourcePolicy?: StoredDocument;
  readonly run: () => Answer;
}

/** A service outside IAM and STS: a few calls, so that roles can be seen working. */
export interface Service {
  /** The call that the request makes; undefined for one that the sandbox does not know. */
  readonly read: (
    call: Call,
    request: ReceivedRequest,
  ) => ServiceWish | undefined;
  readonly refuse: (error: AwsError) => Answer;
}

import type { AwsError } from "../errors";
import type { Cloud } from "../model";
import type { Call, Operations, SignedCall } from "../operation";
import type { ReceivedRequest } from "../request";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One of AWS's services, as far as the sandbox has it. */
export interface Service {
  readonly operations: Operations<Call, object>;
  /** Decides and does what a caller asks for, whose signature was found to be right. */
  readonly respond: (
    call: SignedCall,
    request: ReceivedRequest,
  ) => Promise<Answer>;
  readonly refuse: (error: AwsError) => Answer;
}

/** What stands at a path of its own, for requests that are not signed. */
export interface Page {
  readonly respond: (
    cloud: Cloud,
    request: ReceivedRequest,
  ) => Answer | Promise<Answer>;
  readonly refuse: (error: AwsError) => Answer;
}

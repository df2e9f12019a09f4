import type { AwsError } from "../errors";
import type { Call } from "../operation";
import type { ReceivedRequest } from "../request";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** One of AWS's services, as far as the sandbox has it. */
export interface Service {
  /** Decides and does what a caller asks for, whose signature was found to be right. */
  readonly respond: (call: Call, request: ReceivedRequest) => Promise<Answer>;
  readonly refuse: (error: AwsError) => Answer;
}

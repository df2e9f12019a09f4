import { decide, type AuthorizationRequest } from "../decision";
import { AwsError, type Call } from "../operation";
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

/** What a request of a service outside the query protocol asks for. */
export interface ServiceAction extends AuthorizationRequest {
  readonly run: () => Answer;
}

/** Does the action when it is allowed; it is undefined for one that the sandbox does not know. */
export async function runIfAllowed(
  call: Call,
  action: ServiceAction | undefined,
): Promise<Answer> {
  if (!action) {
    throw new AwsError(
      "NotImplemented",
      "The sandbox knows only a few calls of this service, and not this one",
      501,
    );
  }
  await decide(call, action, "allow");
  return action.run();
}

import { AwsError } from "./errors";
import type { Cloud } from "./model";
import { checkOrigin } from "./origin";
import type { ReceivedRequest } from "./request";
import { JsonBody } from "./services/json-body";
import type { Answer, Page } from "./services/service";

const answer = (status: number, body: object): Answer => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});

/** A page that answers JSON, also where it refuses. */
export const jsonPage = (
  respond: (cloud: Cloud, request: ReceivedRequest) => object | Promise<object>,
): Page => ({
  respond: async (cloud, request) => answer(200, await respond(cloud, request)),
  refuse: ({ code, message, status }) => answer(status, { code, message }),
});

/** The JSON of a request that no web page sent, with these members at most. */
export function membersOf(
  request: ReceivedRequest,
  ...members: readonly string[]
): JsonBody {
  checkOrigin(request);
  return JsonBody.parse(request.body).only(...members);
}

/** The same, of a request that must be a `POST`. */
export function postedMembers(
  request: ReceivedRequest,
  ...members: readonly string[]
): JsonBody {
  if (request.method !== "POST") {
    throw new AwsError(
      "MethodNotAllowed",
      `expected POST, found ${request.method}`,
    );
  }
  return membersOf(request, ...members);
}

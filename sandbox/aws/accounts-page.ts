import { AwsError } from "./errors";
import type { Cloud } from "./model";
import { addMember } from "./new-cloud";
import { checkOrigin } from "./origin";
import { JsonBody } from "./services/json-body";
import type { Answer, Page } from "./services/service";

const answer = (status: number, body: object): Answer => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});

/** `POST` with `{"id": "444444444444", "name": "stage"}` adds an account; every answer lists all. */
export const accountsPage: Page = {
  respond: (cloud, request) => {
    if (request.method !== "POST") {
      throw new AwsError(
        "MethodNotAllowed",
        `expected POST, found ${request.method}`,
      );
    }
    checkOrigin(request);
    const body = JsonBody.parse(request.body).only("id", "name");
    addMember(cloud, { id: body.text("id"), name: body.text("name") });
    return answer(200, { accounts: listed(cloud) });
  },
  refuse: ({ code, message, status }) => answer(status, { code, message }),
};

const listed = ({ accounts }: Cloud) =>
  [...accounts.values()].map(({ id, name }) => ({ id, name }));

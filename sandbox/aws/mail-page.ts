import { mailsTo } from "./mail";
import { AwsError } from "./errors";
import { checkOrigin } from "./origin";
import { JsonBody } from "./services/json-body";
import type { Answer, Page } from "./services/service";

const answer = (status: number, body: object): Answer => ({
  status,
  type: "application/json",
  body: JSON.stringify(body),
});

/**
 * `POST` with `{"address": "oncall@example.org"}` reads what came there. With `"confirm": true` the
 * reader follows the links of mails that ask whether more may come.
 */
export const mailPage: Page = {
  respond: (cloud, request) => {
    if (request.method !== "POST") {
      throw new AwsError(
        "MethodNotAllowed",
        `expected POST, found ${request.method}`,
      );
    }
    checkOrigin(request);
    const body = JsonBody.parse(request.body).only("address", "confirm");
    const mails = mailsTo(cloud, body.text("address"));
    if (body.fields["confirm"] === true) {
      for (const { asksFor } of mails) if (asksFor) asksFor.isConfirmed = true;
    }
    return answer(200, {
      mails: mails.map(({ topic, subject, text }) => ({
        topic,
        subject,
        text,
      })),
    });
  },
  refuse: ({ code, message, status }) => answer(status, { code, message }),
};

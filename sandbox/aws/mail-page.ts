import { jsonPage, postedMembers } from "./json-page";
import { mailsTo } from "./mail";

/**
 * `POST` with `{"address": "oncall@example.org"}` reads what came there. With `"confirm": true` the
 * reader follows the links of mails that ask whether more may come.
 */
export const mailPage = jsonPage((cloud, request) => {
  const body = postedMembers(request, "address", "confirm");
  const mails = mailsTo(cloud, body.text("address"));
  if (body.fields["confirm"] === true) {
    for (const { asksFor } of mails) if (asksFor) asksFor.isConfirmed = true;
  }
  return {
    mails: mails.map(({ topic, subject, text }) => ({ topic, subject, text })),
  };
});

/** A mail that SNS sent, as its reader sees it. */
export interface ReceivedMail {
  /** The topic's ARN. */
  readonly topic: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * Reads what came for an address, the oldest first.
 *
 * @throws Error with the sandbox's words when it is refused.
 */
export const readMails = (
  endpoint: string,
  address: string,
): Promise<readonly ReceivedMail[]> => ask(endpoint, { address });

/** Follows the links of mails that ask whether more may come. */
export async function confirmMails(
  endpoint: string,
  address: string,
): Promise<void> {
  await ask(endpoint, { address, confirm: true });
}

async function ask(
  endpoint: string,
  body: object,
): Promise<readonly ReceivedMail[]> {
  const response = await fetch(new URL("/sandbox/mail", endpoint), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as {
    readonly mails?: readonly ReceivedMail[];
    readonly message?: string;
  };
  if (answer.mails !== undefined) return answer.mails;
  throw new Error(answer.message);
}

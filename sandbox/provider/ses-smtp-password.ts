import { createHmac } from "node:crypto";

/**
 * The SMTP password that belongs to a secret access key ("Obtaining Amazon SES SMTP credentials by
 * converting existing AWS credentials", Amazon SES Developer Guide): its fixed date, service and
 * message, signed step by step, behind one byte for the version.
 */
export function sesSmtpPassword(
  secretAccessKey: string,
  region: string,
): string {
  const signature = [
    "11111111",
    region,
    "ses",
    "aws4_request",
    "SendRawEmail",
  ].reduce<Buffer>(
    (key, message) => createHmac("sha256", key).update(message).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return Buffer.concat([Buffer.from([4]), signature]).toString("base64");
}

import { CreateAccessKeyCommand } from "@aws-sdk/client-iam";
import type { SandboxAws } from "../../../sandbox/aws";
import {
  administratorOf,
  type ClientCredentials,
} from "../../../sandbox/tour/people";

export const bastion = "111111111111";

/** A key of the user's that somebody made before, or beside, the program. */
export async function foundKey(
  aws: SandboxAws,
  user: string,
): Promise<ClientCredentials> {
  const administrator = await administratorOf(aws, bastion);
  const { AccessKey: key } = await administrator.send(
    new CreateAccessKeyCommand({ UserName: user }),
  );
  return {
    accessKeyId: key?.AccessKeyId ?? "",
    secretAccessKey: key?.SecretAccessKey ?? "",
  };
}

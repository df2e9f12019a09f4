import { join } from "node:path";
import { isPacked, type Told } from "./forms";
import { filesIn } from "./watched";

/** The logs that Pulumi writes of its own commands, by how it keeps them. */
export interface PulumiLogs {
  /** Until it knows the stack's key, and to the end where a command needs none. */
  readonly packed: readonly string[];
  /** With the stack's key: what is in them, only who has that can read. */
  readonly encrypted: readonly string[];
  /** Neither: of a form that this does not know. */
  readonly unknown: readonly string[];
}

export const pulumiLogsIn = (home: string): PulumiLogs => {
  const logs = filesIn(join(home, "logs"));
  const those = (is: (log: Told) => boolean) =>
    logs.filter(is).map(({ where }) => where);
  return {
    packed: those(({ bytes }) => isPacked(bytes)),
    encrypted: those(({ bytes }) => isEncrypted(bytes)),
    // A command that was killed at once has written nothing.
    unknown: those(
      ({ bytes }) =>
        bytes.length > 0 && !isPacked(bytes) && !isEncrypted(bytes),
    ),
  };
};

/** Source: pulumi/pulumi, pkg/engine/encryptedlog. */
const isEncrypted = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).equals(Buffer.from("PLOG"));

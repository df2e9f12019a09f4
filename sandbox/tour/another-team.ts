import { join } from "node:path";
import type { StackFile } from "../project";
import type { Sandbox } from "../sandbox";

/**
 * Previews a stack that breaks the rules, in the first of the accounts, and tells whether they
 * stopped it.
 */
export async function isStopped(
  sandbox: Sandbox,
  { bastionAccountId, accounts }: StackFile,
  pack: readonly string[],
): Promise<boolean> {
  const folder = join(__dirname, "another-team");
  const [first] = Object.values(accounts);
  const config = {
    "reports:account": first?.id,
    "reports:bastion": bastionAccountId,
  };
  const text = JSON.stringify({ config });
  const stack = await sandbox.stack("dev", text, folder);
  const { code, stdout } = await stack.preview({}, ...pack);
  return code !== 0 && /\[mandatory\].* people-need-mfa /.test(stdout);
}

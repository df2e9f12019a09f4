import { join } from "node:path";
import type { StackFile } from "../project";
import type { Sandbox } from "../sandbox";

/**
 * Previews a stack that breaks the rules, in the first of the accounts, and tells whether they
 * stopped it, and what Pulumi printed.
 */
export async function previewOfAnotherTeam(
  sandbox: Sandbox,
  { bastionAccountId, accounts }: StackFile,
  pack: readonly string[],
): Promise<{ readonly isStopped: boolean; readonly printed: string }> {
  const folder = join(__dirname, "another-team");
  const [first] = Object.values(accounts);
  const config = {
    "reports:account": first?.id,
    "reports:bastion": bastionAccountId,
  };
  const text = JSON.stringify({ config });
  const stack = await sandbox.stack("dev", text, folder);
  const { code, stdout, stderr } = await stack.preview({}, ...pack);
  return {
    isStopped: code !== 0 && /\[mandatory\].* people-need-mfa /.test(stdout),
    printed: `${stdout}\n${stderr}`,
  };
}

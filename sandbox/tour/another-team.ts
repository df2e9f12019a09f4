import { join } from "node:path";
import { underPolicyPack } from "../policy-pack";
import type { Sandbox } from "../sandbox";

/** Previews a stack that breaks the rules, and tells whether they stopped it. */
export async function isStopped(sandbox: Sandbox): Promise<boolean> {
  const folder = join(__dirname, "another-team");
  const stack = await sandbox.stack("dev", "", folder);
  const { code, stdout } = await stack.preview({}, ...underPolicyPack);
  return code !== 0 && /\[mandatory\].* people-need-mfa /.test(stdout);
}

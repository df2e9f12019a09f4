/** A finding, as the CLI prints it. */
export interface PrintedFinding {
  readonly level: string;
  readonly rule: string;
  /** The resource's name in the program; "" for the stack as a whole. */
  readonly resource: string;
  /** The rule's description and the message, without the indentation. */
  readonly text: string;
}

/** What the CLI says of the policy packs at the end of a preview or an update. */
export interface Verdict {
  readonly findings: readonly PrintedFinding[];
  /** By rule: how many resources were remediated. */
  readonly remediated: Readonly<Record<string, number>>;
}

const finding =
  /^ +- \[(\w+)\](?: \[severity: \w+\])? {2}(\S+) {2}\(([\w:-]+): (.*)\)$/;
const remediation = /^ +- \[remediate\] {2}(\S+) {2}\((\d+) resources?\)$/;

/**
 * Reads the last summary of the packs in Pulumi's output.
 *
 * @throws Error when there is none, since then no pack has judged anything; and on an entry that it
 *   can't read.
 */
export function readVerdict(stdout: string): Verdict {
  const findings: (PrintedFinding & { text: string })[] = [];
  const remediated: Record<string, number> = {};
  for (const line of summaryIn(stdout)) {
    const [, level, rule = "", type, name = ""] = finding.exec(line) ?? [];
    const [, remediatedRule, count] = remediation.exec(line) ?? [];
    if (remediatedRule !== undefined) {
      remediated[remediatedRule] = Number(count);
    } else if (level !== undefined) {
      const resource = type === "pulumi:pulumi:Stack" ? "" : name;
      findings.push({ level, rule, resource, text: "" });
    } else if (/^ {8}- /.test(line)) {
      throw new Error(`neither a finding nor a remediation: ${line}`);
    } else {
      const last = findings.at(-1);
      if (last) last.text += `${line.trim()}\n`;
    }
  }
  return { findings, remediated };
}

/** From the pack's name to the next heading. */
function summaryIn(stdout: string): readonly string[] {
  const lines = stdout.split("\n");
  const start = lines.lastIndexOf("Policies:");
  if (start < 0) throw new Error(`no policy pack ran:\n${stdout}`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\S/.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

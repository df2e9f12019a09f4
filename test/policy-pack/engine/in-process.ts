import { rules } from "../../../policy-pack/rules";
import { judge } from "../pack";
import { declaredStack } from "./declared";
import { packConfig, type Judged, type Settings } from "./judged";
import type { PrintedFinding } from "./printed";
import type { Sample } from "./samples";

/** What a preview of the sample would find and end with, without an engine. */
export async function judgedInProcess(
  sample: Sample,
  settings: Settings = {},
): Promise<Judged> {
  const config = packConfig(settings);
  const levelOf = (name: string): string =>
    config[name]?.enforcementLevel ??
    rules.find((rule) => rule.name === name)?.enforcementLevel ??
    "mandatory";
  const found = judge({
    ...(await declaredStack(sample)),
    config,
    disabled: Object.keys(config).filter(
      (name) => levelOf(name) === "disabled",
    ),
  });
  const findings = found.map(({ rule, resource, message }): PrintedFinding => ({
    level: levelOf(rule),
    rule,
    resource,
    text: message,
  }));
  return {
    code: findings.some(({ level }) => level === "mandatory") ? 1 : 0,
    output: findings.map(({ text }) => text).join("\n"),
    findings,
    remediated: {},
  };
}

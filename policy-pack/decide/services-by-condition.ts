import { conditionTexts } from "./callers";
import { speaksOfAction } from "./could-allow";
import { derivedKeys, matching, type DerivedKeys } from "./derived-keys";
import type { Condition, Document, Statement } from "./document";
import { Effort } from "./effort";
import { servicesThatRunCode } from "./escalation-paths";
import { digits } from "./formats";
import { keysOfPrincipals } from "./resource-policy";
import { search } from "./search";
import { anyService, requestOf, serviceNameKey } from "./service-request";
import { namedServices } from "./service-targets";
import { templateText } from "./text/template";

const nameKey = serviceNameKey.toLowerCase();
const namesKey = "aws:principalservicenameslist";
const keysOfServices = ["aws:principalisawsservice", nameKey, namesKey];
const keysOfOthers = new Set(
  [...keysOfPrincipals, "aws:PrincipalAccount"].map((key) => key.toLowerCase()),
);

/**
 * Whether the statement's conditions mean services: by what they are, by their names, or by what no
 * other caller is without. Source: AWS documentation, "AWS global condition context keys".
 */
export const meansServices = ({ conditions }: Statement): boolean =>
  conditions.some(
    (one) => keysOfServices.includes(one.key) || isOfNobodyElse(one),
  );

const isOfNobodyElse = ({ key, operatorName, values }: Condition): boolean =>
  operatorName.toLowerCase() === "null" &&
  keysOfOthers.has(key) &&
  values.some((one) => templateText(one).toLowerCase() === "true");

/** Those that a rule asks about, by the names that they have in most regions. */
const known = (allow: Statement): readonly string[] =>
  speaksOfAction(allow, "sts:AssumeRole")
    ? [...new Set([...namedServices, ...servicesThatRunCode])]
    : namedServices;

/**
 * Services that a statement for everyone means by its conditions: those that it names in full, and of
 * those that the data knows all that it lets in, in some region or another.
 */
export function servicesByCondition(
  allow: Statement,
  denies: readonly Statement[],
): readonly string[] {
  if (!meansServices(allow)) return [];
  const asked = allow.conditions.filter(asksForName).map(textsOf);
  const document = { statements: [allow, ...denies] };
  // All of them together: one that is not decided counts as let in.
  const effort = new Effort();
  return [
    ...new Set([
      ...conditionTexts({ statements: [allow] }, [nameKey, namesKey]).filter(
        (name) => !isPattern(name),
      ),
      ...known(allow)
        .filter((service) =>
          asked.every((texts) => texts.some((text) => mayMean(text, service))),
        )
        .flatMap((service) =>
          nameLetIn(document, service, asked.flat().some(isPattern), effort),
        ),
    ]),
  ];
}

const asksForName = ({ key, operator }: Condition): boolean =>
  (key === nameKey || key === namesKey) &&
  operator?.kind.family === "text" &&
  !operator.negated;

const textsOf = ({ values }: Condition): readonly string[] =>
  values.map(templateText);

const isPattern = (text: string): boolean => /[*?]/.test(text);

/** Whether they begin alike, as far as the text is certain. */
function mayMean(text: string, service: string): boolean {
  const [certain = ""] = text.toLowerCase().split(/[*?]/);
  // A service has several names: those of `logs` are `delivery.logs` too.
  return [service, service.slice(service.indexOf(".") + 1)].some((name) => {
    const own = name.replace(ending, ".");
    return own.startsWith(certain) || certain.startsWith(own);
  });
}

/**
 * The first of its names that the document lets in: that of most regions; and where patterns ask for
 * it, one of a region or of another partition.
 */
function nameLetIn(
  document: Document,
  service: string,
  isElsewhere: boolean,
  effort: Effort,
): readonly string[] {
  const ask = (name: string, derived: readonly DerivedKeys[]) =>
    search({
      layers: [[document]],
      caller: { kind: "service", name: service },
      given: requestOf(name),
      derived,
      effort,
    });
  const verdict = ask(service, []);
  if (verdict.answer !== "closed") return [service];
  if (!isElsewhere || !service.endsWith(usual)) return [];
  const elsewhere = ask(anyService, [inSomeRegion(service)]);
  if (elsewhere.answer === "closed") return [];
  return elsewhere.answer === "open"
    ? (elsewhere.witness.values.get(nameKey) ?? [service])
    : [service];
}

const usual = ".amazonaws.com";
const ending = /\.amazonaws\.com$/;
const partitions = [usual, ".amazonaws.com.cn", ".amazonaws.eu"];
const small = "abcdefghijklmnopqrstuvwxyz";

/**
 * Such as `sns.me-south-1.amazonaws.com`, or `ec2.amazonaws.com.cn`. Source: AWS documentation, "AWS JSON
 * policy elements: Principal", service principals in opt-in Regions.
 */
const inSomeRegion = (service: string): DerivedKeys =>
  derivedKeys({
    segments: [
      { chars: `${small}-.`, least: 0, most: 32 },
      { chars: digits, least: 0, most: 1 },
      { chars: `${small}.`, least: 1, most: 32 },
    ],
    views: { [nameKey]: [service.replace(ending, ""), 0, 1, 2] },
    tests: [
      matching([0], true, "", ".??-?*-"),
      matching([0], false, "?*.*", "*--*", ".-*", ".?-*"),
      matching([0, 1], true, "", ".??-?*-?"),
      matching([2], true, ...partitions),
    ],
    examples: [
      [".eu-west-", "1", ".amazonaws.com"],
      [".us-gov-west-", "1", ".amazonaws.com"],
      ["", "", ".amazonaws.com.cn"],
    ],
  });

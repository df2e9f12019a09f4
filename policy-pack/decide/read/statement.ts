import type { Choice, PrincipalChoice, Statement } from "../document";
import { parseTemplate } from "../text/template";
import { readConditions } from "./conditions";
import type { DocumentKind } from "./document-kind";
import { elementsOf, texts, type Element, type Elements } from "./element";
import type { Faults } from "./faults";
import { readPrincipals } from "./principals";
import { checkResources } from "./resources";

export interface StatementContext {
  readonly kind: DocumentKind;
  readonly hasVariables: boolean;
  /** getPolicyDocument leaves `effect` out for Allow; IAM does not. */
  readonly effectIsOptional: boolean;
}

/** Element names as IAM has them, and as getPolicyDocument has them. */
const names: ReadonlyMap<string, readonly string[]> = new Map([
  ["sid", ["sid"]],
  ["effect", ["effect"]],
  ["action", ["action", "actions"]],
  ["notaction", ["notaction", "notactions"]],
  ["resource", ["resource", "resources"]],
  ["notresource", ["notresource", "notresources"]],
  ["principal", ["principal", "principals"]],
  ["notprincipal", ["notprincipal", "notprincipals"]],
  ["condition", ["condition", "conditions"]],
]);
const allNames = new Set([...names.values()].flat());

export function readStatement(
  value: unknown,
  number: number,
  place: StatementContext,
  faults: Faults,
): Statement | undefined {
  const where = `Statement[${number}]`;
  const elements = elementsOf(value, where, faults);
  if (elements === undefined) return undefined;
  for (const [lower, { name }] of elements) {
    if (!allNames.has(lower)) {
      faults.say(`${where} has the element ${name}, which IAM does not know`);
    }
  }
  const effect = readEffect(elements, where, place, faults);
  const sid = element(elements, "sid")?.value;
  checkSid(sid, where, place, faults);
  const actions = readChoice(elements, "action", where, place, faults);
  const resources = readChoice(elements, "resource", where, place, faults);
  const principals = readPrincipalChoice(elements, where, faults);
  checkPlace({ actions, resources, principals }, where, place, faults);
  const condition = element(elements, "condition");
  return {
    number,
    sid: typeof sid === "string" && sid !== "" ? sid : undefined,
    effect,
    actions,
    resources,
    principals,
    conditions:
      condition === undefined
        ? []
        : readConditions(
            condition.value,
            `${where}.${condition.name}`,
            faults,
            place.hasVariables,
          ),
  };
}

/** Source: AWS documentation, "AWS JSON policy elements: Sid": services differ, IAM takes these alone. */
function checkSid(
  sid: unknown,
  where: string,
  { kind }: StatementContext,
  faults: Faults,
): void {
  if (sid === undefined) return;
  if (typeof sid !== "string") {
    faults.add(`${where}.Sid`, sid, "text");
  } else if (kind !== "resource" && !/^[A-Za-z0-9]*$/.test(sid)) {
    faults.add(`${where}.Sid`, sid, "letters and digits alone");
  }
}

const element = (elements: Elements, name: string): Element | undefined =>
  names
    .get(name)
    ?.map((one) => elements.get(one))
    .find((one) => one !== undefined);

function readEffect(
  elements: Elements,
  where: string,
  place: StatementContext,
  faults: Faults,
): "Allow" | "Deny" {
  const effect = element(elements, "effect")?.value;
  if (effect === "Allow" || effect === "Deny") return effect;
  if (effect === undefined && place.effectIsOptional) return "Allow";
  faults.add(`${where}.Effect`, effect, '"Allow" or "Deny"');
  return "Deny";
}

function readChoice(
  elements: Elements,
  name: "action" | "resource",
  where: string,
  place: StatementContext,
  faults: Faults,
): Choice | undefined {
  const these = element(elements, name);
  const others = element(elements, `not${name}`);
  if (these !== undefined && others !== undefined) {
    faults.say(`${where} has both ${these.name} and ${others.name}`);
  }
  const found = these ?? others;
  if (found === undefined) return undefined;
  const values = texts(found.value, `${where}.${found.name}`, faults);
  if (name === "action") checkActions(values, where, found.name, faults);
  else checkResources(values, `${where}.${found.name}`, place.kind, faults);
  return {
    mode: these === undefined ? "all but these" : "these",
    values: values.map((text) =>
      parseTemplate(text, place.hasVariables && name === "resource"),
    ),
  };
}

function checkActions(
  values: readonly string[],
  where: string,
  name: string,
  faults: Faults,
): void {
  for (const value of values) {
    if (value !== "*" && !/^[\w*?-]+:[\w*?-]+$/.test(value)) {
      faults.add(`${where}.${name}`, value, '"service:Action" or "*"');
    }
  }
}

function readPrincipalChoice(
  elements: Elements,
  where: string,
  faults: Faults,
): PrincipalChoice | undefined {
  const these = element(elements, "principal");
  const others = element(elements, "notprincipal");
  if (these !== undefined && others !== undefined) {
    faults.say(`${where} has both ${these.name} and ${others.name}`);
  }
  const found = these ?? others;
  if (found === undefined) return undefined;
  return {
    mode: these === undefined ? "all but these" : "these",
    principals: readPrincipals(found.value, `${where}.${found.name}`, faults),
  };
}

function checkPlace(
  statement: Pick<Statement, "actions" | "resources" | "principals">,
  where: string,
  { kind }: StatementContext,
  faults: Faults,
): void {
  const { actions, resources, principals } = statement;
  if (actions === undefined) {
    faults.say(`${where} has neither Action nor NotAction`);
  }
  if (kind === "identity" && resources === undefined) {
    faults.say(`${where} has neither Resource nor NotResource`);
  }
  if (kind === "identity" && principals !== undefined) {
    faults.say(`${where} has a Principal, which only resources' policies have`);
  }
  if (kind !== "identity" && principals === undefined) {
    faults.say(`${where} has neither Principal nor NotPrincipal`);
  }
  if (kind === "trust" && resources !== undefined) {
    faults.say(
      `${where} has a Resource, which the trust policy of a role can't have`,
    );
  }
}

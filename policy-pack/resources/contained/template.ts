import { accountOf, partitionOf } from "../account";
import { isPlainObject, type Properties } from "../plain-object";
import { knownText, type Provider, type Resource } from "../resource";
import { isUnknown, Unread, type Unknown } from "../unknown";
import type { Contained, UnreadPart } from "./contained";
import { writeOut } from "./conditions";
import { declarationOf } from "./declaration";
import { arnIn, evaluate, isMade, mostComputed, nameIn } from "./evaluate";
import { nativeProperties, nativeType } from "./native-names";
import { nameProperty, stackOfSet } from "./made";
import { parametersOf } from "./parameters";
import type { Declaration, Place, Scope } from "./scope";
import { readTemplate } from "./template-text";

/** What a stack or a stack set makes by its template. */
export function inTemplate(container: Resource): Contained {
  const { templateBody: body, templateUrl: url } = container.inputs;
  if (body === undefined || body === null || body === "") {
    return url === undefined || url === null
      ? { resources: [], unread: [] }
      : unread(
          "what it makes",
          new Unread(
            "its template lies at a URL",
            "give the template as templateBody",
          ),
        );
  }
  const template = templateOf(body);
  if (isUnknown(template)) return unread("what it makes", template);
  const scope = scopeOf(template, container);
  const parts = [...scope.resources.values()].map((one) =>
    inDeclaration(one, scope, container),
  );
  return {
    resources: parts.flatMap(({ resources }) => resources),
    unread: [
      ...macrosOf(template).map((name) => ({
        what: "what it makes",
        value: new Unread(
          `the macro ${name} may write anything into its template`,
          writeOut,
        ),
      })),
      ...overriddenIn(container),
      ...parts.flatMap((part) => part.unread),
    ],
  };
}

/** Source: AWS CloudFormation user guide, "Understand CloudFormation quotas". In bytes. */
const longest = 51_200;

/** `aws-native` takes a template as a text or as an object. */
function templateOf(body: unknown): Properties | Unknown {
  if (isUnknown(body)) return body;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  if (Buffer.byteLength(text) > longest) {
    return new Unread(
      `its template has more than ${longest} bytes`,
      "divide the template",
    );
  }
  const template = typeof body === "string" ? readTemplate(body) : body;
  if (isUnknown(template)) return template;
  const resources = isPlainObject(template) ? template["Resources"] : undefined;
  if (isUnknown(resources)) return resources;
  return isPlainObject(template) && isPlainObject(resources)
    ? template
    : new Unread(
        "its template has no Resources",
        "give a template that CloudFormation takes",
      );
}

const unread = (what: string, value: Unknown): Contained => ({
  resources: [],
  unread: [{ what, value }],
});

function scopeOf(template: Properties, container: Resource): Scope {
  const section = (name: string): Properties => {
    const value = template[name];
    return isPlainObject(value) && !isUnknown(value) ? value : {};
  };
  return {
    parameters: parametersOf(
      section("Parameters"),
      container.inputs["parameters"],
    ),
    mappings: section("Mappings"),
    conditions: section("Conditions"),
    resources: new Map(
      Object.entries(section("Resources")).map(([id, one]) => [
        id,
        declarationOf(id, one),
      ]),
    ),
    place: placeOf(container),
    known: { conditions: new Map(), names: new Map(), arns: new Map() },
    effort: { left: mostComputed },
  };
}

/** What to do instead of `parameterOverrides`. */
export const otherValues = "give such stacks a stack set of their own";

/** In `aws-native` a stack set says itself which of its stacks have other parameters. */
function overriddenIn({ inputs }: Resource): readonly UnreadPart[] {
  const groups = [inputs["stackInstancesGroup"]].flat();
  const value = groups.some(
    (one) => isPlainObject(one) && "parameterOverrides" in one,
  )
    ? new Unread(
        "parameterOverrides give its template other values",
        otherValues,
      )
    : groups.find(isUnknown);
  return value === undefined ? [] : [{ what: "what it makes", value }];
}

const isStackSet = ({ type }: Pick<Resource, "type">): boolean =>
  type.endsWith(":StackSet");

function placeOf(container: Resource): Place {
  const named =
    knownText(container, "stackName") ??
    knownText(container, "stackSetName") ??
    knownText(container, "name") ??
    container.name;
  const partition = partitionOf(container);
  if (isStackSet(container)) {
    return {
      account: accountOfNobody(container),
      isAccountMade: true,
      region: undefined,
      partition,
      stack: stackOfSet(named),
    };
  }
  // The stack's ARN, once it is made.
  const arn = knownText(container, "stackId") ?? knownText(container, "id");
  const [, , , ofArn, inArn] = arn?.split(":") ?? [];
  const region =
    ofArn ??
    container.inputs["region"] ??
    container.provider?.properties["region"];
  const account = inArn ?? accountOf(container);
  return {
    account: account ?? accountOfNobody(container),
    isAccountMade:
      account === undefined ||
      (inArn === undefined && container.within?.isAccountMade === true),
    region: typeof region === "string" ? region : undefined,
    partition,
    stack: named,
  };
}

/**
 * Where the account does not show it is any that neither the config nor the template names. AWS gives
 * nobody an account of zeros; the next that the template does not name stands for the own one. Whether a
 * text tells such accounts apart, `identities/made-accounts.ts` asks.
 */
function accountOfNobody({ inputs }: Resource): string {
  const text = JSON.stringify([inputs["templateBody"], inputs["parameters"]]);
  for (let number = 0; ; number += 1) {
    const account = String(number).padStart(12, "0");
    if (!text.includes(account)) return account;
  }
}

/** By name; the one for language extensions adds functions, and no resources. */
function macrosOf(template: Properties): readonly string[] {
  return [template["Transform"], template["Fn::Transform"]]
    .flat()
    .filter((one) => one !== undefined)
    .map((one) => String(isPlainObject(one) ? one["Name"] : one))
    .filter((name) => name !== "AWS::LanguageExtensions");
}

function inDeclaration(
  declaration: Declaration,
  scope: Scope,
  container: Resource,
): Contained {
  const { condition, what } = declaration;
  const made = isMade(condition, scope);
  if (made === false) return { resources: [], unread: [] };
  if (declaration.unread !== undefined) {
    return unread(`what ${what} makes`, declaration.unread);
  }
  const resource = resourceOf(declaration, scope, container);
  return {
    resources: [resource],
    unread: isUnknown(made)
      ? [{ what: `whether ${what} is made`, value: made, perhaps: resource }]
      : [],
  };
}

function resourceOf(
  declaration: Declaration,
  scope: Scope,
  container: Resource,
): Resource {
  const { id, type, properties, what } = declaration;
  const inputs = evaluate(properties, scope);
  const name = nameIn(declaration, scope);
  const property = nameProperty(type);
  const arn = type.startsWith("AWS::IAM::")
    ? arnIn(declaration, scope)
    : undefined;
  return {
    type: nativeType(type),
    name: `${container.name}.${id}`,
    urn: `${container.urn}.${id}`,
    inputs: nativeProperties(isPlainObject(inputs) ? inputs : {}),
    outputs: nativeProperties({
      ...(property === undefined ? {} : { [property]: name }),
      ...(typeof arn === "string" ? { arn } : {}),
    }),
    provider: providerOf(container, scope.place),
    propertyDependencies: {},
    within: {
      container: container.within?.container ?? container,
      what,
      isAccountMade: scope.place.isAccountMade,
    },
  };
}

/** Of the account that the template is deployed in: of a stack set's, no provider of the program is. */
const providerOf = (
  { urn, provider, ...container }: Resource,
  { account }: Place,
): Provider | undefined =>
  provider && {
    ...(isStackSet(container) ? { urn, properties: {} } : provider),
    account,
  };

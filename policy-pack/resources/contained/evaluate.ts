import { isPlainObject, ownValue } from "../plain-object";
import {
  isUnknown,
  partsOf,
  Unread,
  unknownIn,
  type Unknown,
} from "../unknown";
import { holds, writtenByMacro } from "./conditions";
import {
  arnOf,
  madeName,
  nameOf,
  nameProperty,
  refOf,
  regionInTexts,
} from "./made";
import { once, type Declaration, type Scope } from "./scope";

/** What takes a property, or an entry of a list, away. */
const noValue = Symbol("AWS::NoValue");

/**
 * A value of a template, with its functions computed; an `Unknown` where one can't be. Source: AWS
 * CloudFormation template reference, "Intrinsic function reference".
 */
export function evaluate(value: unknown, scope: Scope): unknown {
  const plain = compute(value, scope);
  return plain === noValue ? undefined : plain;
}

/** Whether a condition of the template holds: an `Unknown` where nobody here can say. */
export const isMade = (condition: unknown, scope: Scope): boolean | Unknown =>
  condition === undefined ||
  holds(condition, scope, (value) => evaluate(value, scope));

function compute(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") {
    return value.includes("{{resolve:")
      ? new Unread("a dynamic reference takes its value from another service")
      : value;
  }
  if (Array.isArray(value)) {
    return (value as readonly unknown[])
      .map((one) => compute(one, scope))
      .filter((one) => one !== noValue);
  }
  if (!isPlainObject(value) || isUnknown(value)) return value;
  const [[name, argument] = ["", undefined], ...others] = Object.entries(value);
  if (others.length === 0 && (name === "Ref" || name.startsWith("Fn::"))) {
    return call(name, argument, scope);
  }
  if ("Fn::Transform" in value) {
    return writtenByMacro;
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, compute(one, scope)] as const)
      .filter(([, one]) => one !== noValue),
  );
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  if (name === "Fn::If") return choose(argument, scope);
  if (scope.effort.left < 0) return tooMuch;
  if (name === "Ref") return spent(refer(String(argument), scope), scope);
  const computed = compute(argument, scope);
  const given = name === "Fn::Join" ? withParts(computed) : computed;
  const unknown = unknownIn(given);
  if (unknown !== undefined) return unknown;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const result = functions[name]?.(list, scope);
  return spent(result ?? new Unread(`${name} can't be computed here`), scope);
}

/** In characters, of one template: several times what its text and its parameters may have. */
export const mostComputed = 250_000;

const tooMuch = new Unread(
  `its functions give more than ${mostComputed} characters`,
  "write the texts out, or divide the template",
);

/** Texts that repeat each other double with every step: what a template computes has an end. */
function spent(value: unknown, { effort }: Scope): unknown {
  effort.left -= sizeOf(value);
  return effort.left < 0 ? tooMuch : value;
}

const sizeOf = (value: unknown): number =>
  typeof value === "string"
    ? value.length
    : partsOf(value).reduce((sum, [, inside]) => sum + sizeOf(inside), 1);

type Function = (given: readonly unknown[], scope: Scope) => unknown;

const functions: Readonly<Record<string, Function>> = {
  "Fn::GetAtt": (given, scope) => {
    const [id = "", ...names] = given.map(String).join(".").split(".");
    return attribute(id, names.join("."), scope);
  },
  "Fn::Sub": ([text, own], scope) => substitute(String(text), own, scope),
  "Fn::Join": ([between, parts], { effort }) => {
    if (!Array.isArray(parts)) return undefined;
    return String(between).length * parts.length > effort.left
      ? tooMuch
      : parts.map(String).join(String(between));
  },
  "Fn::Split": ([between, text]) => String(text).split(String(between)),
  "Fn::Select": ([index, list]) =>
    Array.isArray(list)
      ? (list as readonly unknown[])[Number(index)]
      : undefined,
  "Fn::FindInMap": ([map, first, second], { mappings }) =>
    [map, first, second].reduce<unknown>(
      (inside, key) =>
        isPlainObject(inside) && !("Fn::Transform" in inside)
          ? inside[String(key)]
          : undefined,
      mappings,
    ),
  "Fn::Base64": ([text]) => Buffer.from(String(text)).toString("base64"),
  "Fn::ToJsonString": ([value]) => JSON.stringify(value),
};

function choose(argument: unknown, scope: Scope): unknown {
  if (!Array.isArray(argument)) return new Unread("Fn::If has no list");
  const [name, then, otherwise] = argument as readonly unknown[];
  const answer = isMade({ Condition: name }, scope);
  if (isUnknown(answer)) return answer;
  return compute(answer ? then : otherwise, scope);
}

function refer(name: string, scope: Scope): unknown {
  if (name === "AWS::NoValue") return noValue;
  if (scope.parameters.has(name)) return scope.parameters.get(name);
  const { account, region, partition, stack } = scope.place;
  const pseudo: Readonly<Record<string, string | undefined>> = {
    "AWS::AccountId": account,
    "AWS::Region": region,
    "AWS::Partition": partition,
    "AWS::StackName": stack,
    "AWS::URLSuffix":
      partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
  };
  const value = ownValue(pseudo, name);
  if (value !== undefined) return value;
  const resource = scope.resources.get(name);
  const kind = resource === undefined ? undefined : refOf(resource.type);
  if (resource === undefined || kind === undefined) {
    const part =
      name === "AWS::Region"
        ? regionInTexts(scope.place)
        : resource && madeName(name, scope.place);
    return new Unread(
      `what ${name} refers to is not known here`,
      name === "AWS::Region"
        ? "give the stack's provider a region, or write the region out"
        : undefined,
      part,
    );
  }
  return kind === "name" ? nameIn(resource, scope) : arnIn(resource, scope);
}

function attribute(id: string, name: string, scope: Scope): unknown {
  const resource = scope.resources.get(id);
  return resource === undefined ||
    !/^(Policy|PermissionSet|Topic)?Arn$/.test(name)
    ? new Unread(`${id}.${name} is not known here`)
    : arnIn(resource, scope);
}

/** The name in AWS that a resource has, or will get. */
export const nameIn = (resource: Declaration, scope: Scope): unknown =>
  resource.unread ??
  once(scope.known.names, resource.id, () => {
    const property = nameProperty(resource.type);
    const given =
      property === undefined ? undefined : resource.properties[property];
    const name = nameOf(resource, evaluate(given, scope), scope.place);
    return typeof name === "object" && !isUnknown(name)
      ? new Unread(`the name of ${resource.id} is no text`)
      : name;
  });

export const arnIn = (resource: Declaration, scope: Scope): unknown =>
  once(scope.known.arns, resource.id, () => {
    const name = nameIn(resource, scope);
    const path = evaluate(resource.properties["Path"], scope);
    return unknownIn([name, path]) ?? arnOf(resource, name, path, scope.place);
  });

/** `${Name}`, `${Name.Attribute}`, and `${!Literal}` for what stays as it is. */
function substitute(text: string, own: unknown, scope: Scope): unknown {
  const values = isPlainObject(own) ? own : {};
  let unknown: unknown;
  const result = text.replace(
    /\$\{(!?)([^}]*)\}/g,
    (_, literal, name: string, at: number) => {
      if (literal === "!") return `\${${name}}`;
      const key = name.trim();
      const [id = "", ...more] = key.split(".");
      const value = spent(
        ownValue(values, key) ??
          (more.length === 0
            ? refer(key, scope)
            : attribute(id, more.join("."), scope)),
        scope,
      );
      const part = at > 0 ? partOf(value) : value;
      unknown ??= unknownIn(part);
      return typeof part === "string" ? part : String(part);
    },
  );
  return unknown ?? result;
}

/** What a value may be taken for after other text. */
const partOf = (value: unknown): unknown =>
  value instanceof Unread ? (value.part ?? value) : value;

/** Of the arguments of `Fn::Join`. */
function withParts(given: unknown): unknown {
  if (!Array.isArray(given)) return given;
  const [between, parts] = given as readonly unknown[];
  if (!Array.isArray(parts)) return given;
  const [first, ...more] = parts as readonly unknown[];
  return [between, [first, ...more.map(partOf)]];
}

import { isPlainObject } from "../plain-object";
import { isUnknown, Unread, type Unknown } from "../unknown";
import { writeOut, writtenByMacro } from "./conditions";
import type { Declaration } from "./scope";

/** @param declared what stands under the resource's id in the template */
export function declarationOf(id: string, declared: unknown): Declaration {
  const {
    Type: type,
    Properties: properties,
    Condition: name,
  } = isPlainObject(declared) ? declared : {};
  return {
    id,
    what: typeof type === "string" ? `${id} (${type})` : id,
    type: String(type),
    properties: isPlainObject(properties) ? properties : {},
    condition:
      name === undefined || isUnknown(name) ? name : { Condition: name },
    unread: whyUnread(id, declared, type, properties),
  };
}

/** Why nobody can say which resource this is: types that make others as well. SAM's functions make roles. */
function whyUnread(
  id: string,
  ...[declared, type, properties]: readonly unknown[]
): Unknown | undefined {
  const unknown = [declared, type, properties].find(isUnknown);
  if (unknown !== undefined) return unknown;
  if ([declared, properties].some(isWrittenByMacro)) return writtenByMacro;
  if (id.startsWith("Fn::")) {
    const name = id.split("::", 2).join("::");
    return new Unread(`${name} writes resources`, writeOut);
  }
  if (typeof type !== "string") {
    return new Unread("it has no Type", "give it one");
  }
  if (type.startsWith("AWS::Serverless::")) {
    return new Unread("SAM makes other resources of it", writeOut);
  }
  return type.endsWith("::MODULE")
    ? new Unread("a module makes other resources of it", writeOut)
    : undefined;
}

const isWrittenByMacro = (part: unknown): boolean =>
  isPlainObject(part) && "Fn::Transform" in part;

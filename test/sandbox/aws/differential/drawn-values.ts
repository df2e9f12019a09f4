import fc from "fast-check";
import { seed } from "../../../run/property-tests";
import {
  matcherOf,
  shapeOf,
  type ServiceModel,
  type Shape,
} from "../../../../sandbox/aws/service-models/service-model";
import type { Fields } from "../../../../sandbox/aws/service-models/fields";

/** Values that AWS's model lets a parameter have. */

/** Longer ones, and longer lists, would show nothing more. */
const furtherLength = 12;
const longestList = 2;

const tagNames = fc.constantFrom("team", "cost");
const tagValues = fc.constantFrom("a", "b");

/** Tags that policies ask about, in the form that the service has for them. */
function tags(model: ServiceModel, shape: Shape): fc.Arbitrary<unknown> {
  if (shape.type === "map") {
    return fc.dictionary(tagNames, tagValues, { minKeys: 1, maxKeys: 2 });
  }
  const { members = {} } = shapeOf(model, shape.member?.shape ?? "");
  const [key = "", value = ""] = ["Key", "Value"].map((end) =>
    Object.keys(members).find((name) => name.endsWith(end)),
  );
  const one = fc
    .tuple(tagNames, tagValues)
    .map(([name, text]) => ({ [key]: name, [value]: text }));
  return fc.uniqueArray(one, {
    minLength: 1,
    maxLength: 2,
    selector: (tag) => tag[key],
  });
}

const isText = ({ pattern, min = 0, max = Infinity }: Shape, text: string) =>
  (pattern === undefined || matcherOf(pattern).test(text)) &&
  text.length >= min &&
  text.length <= max;

/** Texts of the shape; undefined where none can be made from its pattern. */
function texts(shape: Shape): fc.Arbitrary<string> | undefined {
  const { min = 0, max = Infinity, pattern, enum: words } = shape;
  if (words) return fc.constantFrom(...words);
  const plain = fc.string({
    unit: fc.constantFrom("a", "b", "c", "X", "Y", "Z", "0", "1"),
    minLength: Math.max(min, 1),
    maxLength: Math.min(max, Math.max(min, 1) + furtherLength),
  });
  const all = [pattern === undefined ? undefined : ofPattern(pattern), plain];
  return all
    .filter((one) => one !== undefined)
    .map((one) => one.map((text) => text.slice(0, max)))
    .find((one) =>
      fc.sample(one, { seed, numRuns: 20 }).some((text) => isText(shape, text)),
    )
    ?.filter((text) => isText(shape, text));
}

/** Of patterns that look ahead, fast-check makes none. */
function ofPattern(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(`^(?:${pattern})$`), {
      size: "xsmall",
    });
  } catch {
    return undefined;
  }
}

/** A value of that shape, or nothing where none can be made. */
function ofShape(
  model: ServiceModel,
  name: string,
  depth: number,
): fc.Arbitrary<unknown> | undefined {
  const shape = shapeOf(model, name);
  const { type, min = 0, max = 100, member, key, value } = shape;
  switch (type) {
    case "boolean":
      return fc.boolean();
    case "integer":
    case "long":
    case "double":
    case "float":
      return fc.integer({ min, max: Math.max(min, Math.min(max, min + 100)) });
    case "timestamp":
      return fc.constant("2026-01-01T00:00:00Z");
    case "blob":
      return fc.constant("YWFhYQ==");
    case "structure":
      return depth < 3 ? fields(model, shape, {}, depth + 1) : undefined;
    case "list": {
      const one = member && ofShape(model, member.shape, depth + 1);
      // A form can't say that a list is empty.
      const least = Math.max(min, 1);
      const most = Math.max(least, Math.min(max, longestList));
      return one && fc.array(one, { minLength: least, maxLength: most });
    }
    case "map": {
      const names = key && texts(shapeOf(model, key.shape));
      const one = value && ofShape(model, value.shape, depth + 1);
      return names && one && fc.dictionary(names, one, { maxKeys: 2 });
    }
    default:
      return texts(shape);
  }
}

/**
 * The members of a structure: each that has to be there, and of the others some; undefined where one
 * that has to be there can't be made. `known` are values that name what is there; those are drawn more
 * often than others.
 */
export function fields(
  model: ServiceModel,
  { members = {}, required = [] }: Shape,
  known: Fields,
  depth = 0,
): fc.Arbitrary<Fields> | undefined {
  const all = Object.entries(members).flatMap(([name, { shape }]) => {
    const drawn = /^tags$/i.test(name)
      ? tags(model, shapeOf(model, shape))
      : name === "TagKeys"
        ? fc.uniqueArray(tagNames, { minLength: 1 })
        : ofShape(model, shape, depth);
    const value = withKnown(drawn, known[name]);
    return value ? [[name, value] as const] : [];
  });
  const drawn = Object.fromEntries(all);
  return required.every((name) => Object.hasOwn(drawn, name))
    ? fc.record(drawn, { requiredKeys: [...required] })
    : undefined;
}

const withKnown = (
  drawn: fc.Arbitrary<unknown> | undefined,
  known: unknown,
): fc.Arbitrary<unknown> | undefined => {
  if (known === undefined) return drawn;
  const constant = fc.constant(known);
  return drawn ? fc.oneof({ weight: 4, arbitrary: constant }, drawn) : constant;
};

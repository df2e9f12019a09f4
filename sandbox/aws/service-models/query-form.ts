import { AwsError } from "../errors";
import { UnknownParameter, type Fields } from "./fields";
import { typedText } from "./typed-text";
import {
  shapeOf,
  type Member,
  type ServiceModel,
  type Shape,
} from "./service-model";

/** What stands below one name of a form, as `Tags.member.1`: a value, or more names. */
interface Branch {
  readonly path: string;
  value?: string;
  readonly branches: Map<string, Branch>;
}

const newBranch = (path: string): Branch => ({ path, branches: new Map() });

/** Of every request, or of a presigned one; no operation's own. */
const isCommon = (name: string): boolean =>
  ["Action", "Version"].includes(name) || name.startsWith("X-Amz-");

/**
 * Reads the form of a query-protocol request, whose names say how deep each value stands
 * (`Tags.member.1.Key`).
 *
 * @throws UnknownParameter for a name that the model does not have.
 * @throws AwsError MalformedQueryString for a name that is given twice, in the address and in the body or
 *   in one of them: only one of its values could be honoured.
 */
export function fieldsIn(
  form: Iterable<readonly [string, string]>,
  model: ServiceModel,
  input: Shape,
): Fields {
  const root = newBranch("");
  const names = new Set<string>();
  for (const [name, value] of form) {
    if (names.has(name)) {
      throw new AwsError("MalformedQueryString", `${name} is given twice`);
    }
    names.add(name);
    if (!isCommon(name)) branchAt(root, name).value = value;
  }
  return structure(model, input, root);
}

function branchAt(root: Branch, name: string): Branch {
  let branch = root;
  for (const part of name.split(".")) {
    const path = branch === root ? part : `${branch.path}.${part}`;
    const next = branch.branches.get(part) ?? newBranch(path);
    branch.branches.set(part, next);
    branch = next;
  }
  return branch;
}

function structure(
  model: ServiceModel,
  { members = {} }: Shape,
  { branches }: Branch,
): Fields {
  const byName = new Map(
    Object.entries(members).map(([own, member]) => [
      member.name ?? own,
      { own, member },
    ]),
  );
  const fields = [...branches].map(([name, branch]) => {
    const found = byName.get(name);
    if (!found) throw new UnknownParameter(branch.path);
    return [found.own, valueOf(model, found.member, branch)] as const;
  });
  return Object.fromEntries(fields);
}

function valueOf(
  model: ServiceModel,
  { shape: name }: Member,
  branch: Branch,
): unknown {
  const shape = shapeOf(model, name);
  const isDeep = ["structure", "list", "map"].includes(shape.type);
  // Of a list that is empty the name stands alone, without a value.
  if (isDeep && branch.value) throw new UnknownParameter(branch.path);
  switch (shape.type) {
    case "structure":
      return structure(model, shape, branch);
    case "list":
      return list(model, shape, branch);
    case "map":
      return map(model, shape, branch);
    default:
      return scalar(shape, branch);
  }
}

/** AWS numbers from one; a client that sends an empty list sends the name alone. */
function numbered(branch: Branch): readonly Branch[] {
  return [...branch.branches]
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([index, one]) => {
      if (!/^[1-9]\d{0,5}$/.test(index)) throw new UnknownParameter(one.path);
      return one;
    });
}

/** `Name.member.1`; EC2 writes `Name.1`. */
function list(
  model: ServiceModel,
  { member }: Shape,
  branch: Branch,
): readonly unknown[] {
  const items = branch.branches.get("member") ?? branch;
  const strays = [...branch.branches.values()].filter((one) => one !== items);
  const [stray] = items === branch ? [] : strays;
  if (stray) throw new UnknownParameter(stray.path);
  if (items.value) throw new UnknownParameter(items.path);
  return numbered(items).map((item) => member && valueOf(model, member, item));
}

/** `Name.entry.1.key` and `.value`. */
function map(
  model: ServiceModel,
  { key, value }: Shape,
  branch: Branch,
): Fields {
  const entries = branch.branches.get("entry") ?? newBranch(branch.path);
  const shape: Shape = {
    type: "structure",
    members: { ...(key && { key }), ...(value && { value }) },
  };
  const pairs = numbered(entries).map((entry) => {
    const { key: name, value: one = "" } = structure(model, shape, entry);
    return [String(name), one] as const;
  });
  return Object.fromEntries(pairs);
}

function scalar(shape: Shape, { path, value, branches }: Branch): unknown {
  const [stray] = branches.values();
  if (stray) throw new UnknownParameter(stray.path);
  return typedText(shape, value ?? "", path);
}

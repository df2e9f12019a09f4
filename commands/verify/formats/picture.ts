import type { Assignment } from "../assignments";
import { firstOf } from "../../formats/few-of";
import { markup, nothing, type Markup } from "../../formats/markup";
import { reachOf, type Reach, type Way } from "./reach";

/** Units of the picture: as wide as a phone, so that its text is readable there. */
const width = 360;
const line = 14;
const padding = 6;
const gap = 8;
const nodeWidth = 138;
/** More names than that are counted instead of listed. */
const mostNames = 6;
/** Characters that fit a node's width. */
const mostCharacters = 19;
/** More ways than that nobody can follow in a picture; the tables have them all. */
const mostWays = 150;

interface Node {
  readonly lines: readonly string[];
  readonly top: number;
  readonly height: number;
}

/** Users on the left, roles on the right, a line for each way in. */
export function picture(assignments: readonly Assignment[]): Markup {
  // Each group of users has one way at least.
  const groups = new Set(assignments.map(({ users }) => users.join())).size;
  const reach = groups > mostWays ? undefined : reachOf(assignments);
  if (reach === undefined || reach.ways.length > mostWays) {
    return markup`<p>There are more than ${mostWays} different ways in, too many for a picture: see the tables.</p>`;
  }
  const users = stacked(reach.users.map(listed));
  const roles = stacked(
    reach.roles.map((names) =>
      listed(names.map(({ account, role }) => `${account} ${role}`)),
    ),
  );
  const height = Math.max(bottomOf(users), bottomOf(roles));
  return markup`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="picture-title picture-text" xmlns="http://www.w3.org/2000/svg">
<title id="picture-title">Who can reach what</title>
<desc id="picture-text">${description(reach)}</desc>
${reach.ways.map((way) => wayLine(way, users, roles))}
${users.map((node) => nodeBox(node, 0, "user"))}
${roles.map((node) => nodeBox(node, width - nodeWidth, "role"))}
</svg>`;
}

const listed = (names: readonly string[]): readonly string[] =>
  firstOf(names.map(shortened), mostNames);

const shortened = (name: string): string =>
  name.length <= mostCharacters
    ? name
    : `${name.slice(0, mostCharacters - 1)}…`;

function stacked(nodes: readonly (readonly string[])[]): readonly Node[] {
  let top = 1;
  return nodes.map((lines) => {
    const height = lines.length * line + 2 * padding;
    const node = { lines, top, height };
    top += height + gap;
    return node;
  });
}

const bottomOf = (nodes: readonly Node[]): number => {
  const last = nodes.at(-1);
  return last === undefined ? line : last.top + last.height + 1;
};

const nodeBox = (
  { lines, top, height }: Node,
  left: number,
  kind: string,
): Markup => markup`<g class="node ${kind}">
<rect x="${left + 0.5}" y="${top}" width="${nodeWidth - 1}" height="${height}" rx="5"/>
${lines.map(
  (text, index) =>
    markup`<text x="${left + padding}" y="${top + padding + line * index + 11}">${text}</text>`,
)}
</g>`;

/** Dashes and a mark show the difference as well, for whoever does not see the colours. */
const classes: Readonly<Record<Way["opening"], string>> = {
  "without MFA": "bare",
  "MFA of any age": "any",
  "fresh MFA": "fresh",
  "old MFA alone": "wrong",
  closed: "closed",
  undecided: "wrong",
};

function wayLine(
  { from, to, opening, isAsConfigured }: Way,
  users: readonly Node[],
  roles: readonly Node[],
): Markup {
  const start = middleOf(users[from]);
  const end = middleOf(roles[to]);
  const left = nodeWidth;
  const right = width - nodeWidth;
  const middle = (left + right) / 2;
  // Near where the curve leaves its user, since curves cross in the middle.
  const mark = isAsConfigured
    ? nothing
    : markup`<text class="mark" x="${left + 24}" y="${start + (end - start) * 0.15 + 4}">✗</text>`;
  return markup`<path class="way ${classes[opening]}${isAsConfigured ? "" : " unexpected"}" d="M${left} ${start} C${middle} ${start} ${middle} ${end} ${right} ${end}"/>${mark}`;
}

const middleOf = (node: Node | undefined): number =>
  node === undefined ? 0 : node.top + node.height / 2;

/** The same in words, for whoever does not see it. */
const description = ({ users, roles, ways }: Reach): string =>
  ways
    .map(({ from, to, opening, isAsConfigured }) => {
      const who = (users[from] ?? []).join(", ");
      const what = (roles[to] ?? [])
        .map(({ account, role }) => `${role} in ${account}`)
        .join(", ");
      return `${who} → ${what}: ${opening}${isAsConfigured ? "" : ", not as in the config"}.`;
    })
    .join(" ");

import type { Section } from "../../infra/profiles/section";
import { SetUpError } from "../../infra/profiles/set-up-error";

/** What a config file would become. */
export interface Merged {
  readonly text: string;
  /** The section as it stands in the file: no lines where there is none. */
  readonly before: readonly string[];
  readonly changed: boolean;
}

/** Where a section stands, as indices of lines, the markers included. */
interface SectionRange {
  readonly user: string;
  readonly first: number;
  readonly last: number;
}

/**
 * Puts a section into the text of a config file: where it stands between its markers, otherwise at
 * the end. Every other character stays as it is; a last line without an end gets one before a
 * section is put behind it.
 *
 * `existing` has one character per byte (latin1), so that bytes of any encoding come through.
 *
 * @throws SetUpError where the markers don't match, or the file would hold a profile twice.
 */
export function mergeSection(existing: string, section: Section): Merged {
  if (existing.includes("\0")) {
    throw new SetUpError(
      "The file has zero bytes in it (UTF-16, perhaps), which no AWS client can read: nothing was changed. Save it as UTF-8 first.",
    );
  }
  const lines = linesWithEnds(existing);
  const sections = sectionsIn(lines);
  const own = sections.find(({ user }) => user === section.user);
  refuseTwins(lines, own, sections, section);
  if (own) {
    refuseKeysBehind(lines, own);
    return replace(lines, own, section);
  }
  const end = lines.map(endOf).find((one) => one !== "") ?? "\n";
  const last = lines.at(-1) ?? "";
  const isOpen = endOf(last) === "" && last !== "" && last !== byteOrderMark;
  const block = section.lines.map((line) => line + end).join("");
  const text = `${existing}${isOpen ? end : ""}${block}`;
  return { text, before: [], changed: true };
}

/**
 * A line ends with `\n`, `\r\n` or `\r`; the last one may have no end. The ends alone are matched: a
 * pattern for the line itself keeps each of its characters on a stack, which one long line fills.
 */
function linesWithEnds(text: string): readonly string[] {
  const lines: string[] = [];
  let from = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) {
    lines.push(text.slice(from, index + end.length));
    from = index + end.length;
  }
  return from < text.length ? [...lines, text.slice(from)] : lines;
}

const endOf = (line: string): string => /[\r\n]*$/.exec(line)?.[0] ?? "";
const withoutEnd = (line: string): string => line.replace(/[\r\n]+$/, "");

function replace(
  lines: readonly string[],
  { first, last }: SectionRange,
  section: Section,
): Merged {
  const own = lines.slice(first, last + 1);
  const before = own.join("");
  const mark = before.startsWith(byteOrderMark) ? byteOrderMark : "";
  const block = section.lines.join(endOf(own[0] ?? "") || "\n");
  const after = `${mark}${block}${endOf(own.at(-1) ?? "")}`;
  return {
    text: [...lines.slice(0, first), after, ...lines.slice(last + 1)].join(""),
    before: own.map((line) =>
      withoutEnd(line).replace(/^\u00ef\u00bb\u00bf/, ""),
    ),
    changed: before !== after,
  };
}

/** UTF-8's, as latin1 shows it. */
const byteOrderMark = "\u00ef\u00bb\u00bf";

const marker =
  /^(?:\u00ef\u00bb\u00bf)?# (>>>|<<<) bastion-account: (\S+)[ \t]*$/;

function sectionsIn(lines: readonly string[]): readonly SectionRange[] {
  const sections = new Map<string, SectionRange>();
  let open: { readonly user: string; readonly first: number } | undefined;
  lines.forEach((line, index) => {
    const [, kind, user] = marker.exec(withoutEnd(line)) ?? [];
    if (user === undefined) return;
    if (kind === ">>>") {
      if (open)
        throw brokenMarkers(
          open.first,
          `another begins at line ${index + 1}, before it has ended`,
        );
      if (sections.has(user)) {
        throw brokenMarkers(index, `${user} has a section further up already`);
      }
      open = { user, first: index };
    } else {
      if (open?.user !== user) {
        throw brokenMarkers(index, "ends here, and has not begun");
      }
      sections.set(user, { user, first: open.first, last: index });
      open = undefined;
    }
  });
  if (open) throw brokenMarkers(open.first, "has no end");
  return [...sections.values()];
}

const brokenMarkers = (line: number, what: string): SetUpError =>
  new SetUpError(
    `The section at line ${line + 1}: ${what}. Nothing was changed. Put its two marks right ` +
      `("# >>> bastion-account: …" and "# <<< bastion-account: …"), or remove them with what is between them.`,
  );

/** `[profile name]`, quoted or not; the AWS CLI reads no other section as a profile. */
function profileIn(line: string): string | undefined {
  const header = /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim() ?? "";
  if (!/^profile\s/.test(header)) return undefined;
  const name = header.slice("profile".length).trim();
  const quote = name.at(0);
  const isQuoted =
    name.length > 1 && name.endsWith(quote ?? "") && /["']/.test(quote ?? "");
  return isQuoted ? name.slice(1, -1) : name;
}

/** Clients merge profiles of one name, or take either: a role could get another's settings. */
function refuseTwins(
  lines: readonly string[],
  own: SectionRange | undefined,
  sections: readonly SectionRange[],
  { user, profileNames }: Section,
): void {
  const wanted = new Set(profileNames);
  const twins = lines.flatMap((line, index) => {
    const name = profileIn(withoutEnd(line));
    const isOwn = own && index >= own.first && index <= own.last;
    if (name === undefined || isOwn || !wanted.has(name)) return [];
    const section = sections.find(
      ({ first, last }) => index >= first && index <= last,
    );
    const where = section ? `, in the section of ${section.user}` : "";
    return [`  line ${index + 1}${where}: [profile ${name}]`];
  });
  if (twins.length === 0) return;
  throw new SetUpError(
    [
      `The file has profiles already that ${user}'s section would bring. Nothing was changed:`,
      ...twins,
      "Remove or rename them, or give another file with --file (and set AWS_CONFIG_FILE to it).",
    ].join("\n"),
  );
}

/** Keys behind the section, without a header of their own, would belong to its last profile. */
function refuseKeysBehind(
  lines: readonly string[],
  { last }: SectionRange,
): void {
  const behind = lines.findIndex(
    (line, index) => index > last && !/^\s*([#;]|$)/.test(line),
  );
  const line = lines[behind];
  if (line === undefined || /^\s*\[/.test(line)) return;
  throw new SetUpError(
    `Line ${behind + 1} comes after the section and under no header, so that it would belong to the ` +
      "section's last profile. Nothing was changed. Move it to the profile that it is meant for.",
  );
}

import type { Section } from "../../infra/profiles/section";
import { SetUpError } from "../../infra/profiles/set-up-error";

/** What a config file would become. */
export interface Merged {
  readonly text: string;
  /** The section as it stands in the file: no lines where there is none. */
  readonly before: readonly string[];
  readonly changed: boolean;
}

interface Line {
  readonly text: string;
  /** `\n`, `\r\n`, `\r`, or nothing at the end of the file. */
  readonly end: string;
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
  const lines = split(existing);
  const sections = sectionsIn(lines);
  const own = sections.find(({ user }) => user === section.user);
  refuseTwins(lines, own, sections, section);
  if (own) {
    refuseKeysBehind(lines, own);
    return replace(lines, own, section);
  }
  const end = lines.find((line) => line.end !== "")?.end ?? "\n";
  const last = lines.at(-1);
  const isOpen = last?.end === "" && last.text !== byteOrderMark;
  const separator = isOpen ? end : "";
  const text = `${existing}${separator}${section.lines.map((line) => line + end).join("")}`;
  return { text, before: [], changed: true };
}

function replace(
  lines: readonly Line[],
  { first, last }: SectionRange,
  section: Section,
): Merged {
  const own = lines.slice(first, last + 1);
  const end = own[0]?.end ?? "\n";
  const lastEnd = own.at(-1)?.end ?? "";
  const mark = byteOrderMarkOf(own[0]?.text ?? "");
  const block = section.lines
    .map((line, index) =>
      index === section.lines.length - 1 ? line + lastEnd : line + end,
    )
    .join("");
  const before = joined(own);
  const after = `${mark}${block}`;
  return {
    text: joined(lines.slice(0, first)) + after + joined(lines.slice(last + 1)),
    before: own.map(({ text }) => text.slice(byteOrderMarkOf(text).length)),
    changed: before !== after,
  };
}

const joined = (lines: readonly Line[]): string =>
  lines.map(({ text, end }) => text + end).join("");

function split(text: string): readonly Line[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)]
    .map(([, line = "", end = ""]) => ({ text: line, end }))
    .filter((line) => line.text !== "" || line.end !== "");
}

/** UTF-8's, as latin1 shows it. */
const byteOrderMark = "\u00ef\u00bb\u00bf";
const byteOrderMarkOf = (text: string): string =>
  text.startsWith(byteOrderMark) ? byteOrderMark : "";

const marker =
  /^(?:\u00ef\u00bb\u00bf)?# (>>>|<<<) bastion-account: (\S+)[ \t]*$/;

function sectionsIn(lines: readonly Line[]): readonly SectionRange[] {
  const sections: SectionRange[] = [];
  let open: { readonly user: string; readonly first: number } | undefined;
  lines.forEach(({ text }, index) => {
    const [, kind, user] = marker.exec(text) ?? [];
    if (user === undefined) return;
    if (kind === ">>>") {
      if (open)
        throw brokenMarkers(
          open.first,
          `another begins at line ${index + 1}, before it has ended`,
        );
      if (sections.some((one) => one.user === user)) {
        throw brokenMarkers(index, `${user} has a section further up already`);
      }
      open = { user, first: index };
    } else {
      if (open?.user !== user) {
        throw brokenMarkers(index, "ends here, and has not begun");
      }
      sections.push({ user, first: open.first, last: index });
      open = undefined;
    }
  });
  if (open) throw brokenMarkers(open.first, "has no end");
  return sections;
}

const brokenMarkers = (line: number, what: string): SetUpError =>
  new SetUpError(
    `The section at line ${line + 1}: ${what}. Nothing was changed. Put its two marks right ` +
      `("# >>> bastion-account: …" and "# <<< bastion-account: …"), or remove them with what is between them.`,
  );

/** `[profile name]`, quoted or not; the AWS CLI reads no other section as a profile. */
const profileHeader = /^\s*\[\s*profile\s+(["']?)(.+?)\1\s*\]/;

/** Clients merge profiles of one name, or take either: a role could get another's settings. */
function refuseTwins(
  lines: readonly Line[],
  own: SectionRange | undefined,
  sections: readonly SectionRange[],
  { user, profileNames }: Section,
): void {
  const wanted = new Set(profileNames);
  const twins = lines.flatMap(({ text }, index) => {
    const name = profileHeader.exec(text)?.[2];
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
  lines: readonly Line[],
  { last }: SectionRange,
): void {
  const behind = lines.findIndex(
    ({ text }, index) => index > last && !/^\s*([#;]|$)/.test(text),
  );
  const text = lines[behind]?.text;
  if (text === undefined || /^\s*\[/.test(text)) return;
  throw new SetUpError(
    `Line ${behind + 1} comes after the section and under no header, so that it would belong to the ` +
      "section's last profile. Nothing was changed. Move it to the profile that it is meant for.",
  );
}

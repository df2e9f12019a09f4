import { readStackFile } from "../../../sandbox/project";
import { assignmentsOf, isGranted } from "../../../sandbox/tour/expected";
import type { Row } from "../../../sandbox/tour/matrix";
import { matrixTable } from "../../../sandbox/tour/report";

/** Whose rows the picture has: all would be too long for a page. */
const shownUser = "bashir";

/** Its head, and theirs. */
const isShown = new RegExp(`^│ (user|${shownUser}) `);

/** The tour's table, as it is when all is as the stack files say, with the rows of one user. */
export function shownTable(): readonly string[] {
  const stackFile = readStackFile("bastion");
  const what = "";
  const denied = { what, expected: "denied", seen: "denied" } as const;
  const allowed = { what, expected: "allowed", seen: "allowed" } as const;
  const rows: readonly Row[] = Object.keys(stackFile.users).flatMap((user) =>
    assignmentsOf(stackFile).map((assignment) => ({
      user,
      assignment,
      without: denied,
      with: isGranted(stackFile, user, assignment) ? allowed : denied,
    })),
  );
  return matrixTable(rows, 80)
    .split("\n")
    .filter((line) => !line.startsWith("│") || isShown.test(line));
}

const size = { column: 8.4, line: 18, margin: 16 } as const;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Lines as a terminal shows them. */
export function picture(lines: readonly string[]): string {
  const longest = Math.max(...lines.map((line) => line.length));
  const width = Math.ceil(longest * size.column + 2 * size.margin);
  const height = lines.length * size.line + 2 * size.margin;
  const texts = lines.map((line, index) => {
    const y = size.margin + (index + 0.75) * size.line;
    const length = (line.length * size.column).toFixed(1);
    return line === ""
      ? ""
      : `<text x="${size.margin}" y="${y}" textLength="${length}" xml:space="preserve">${escaped(line)}</text>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${texts.join("")}</svg>
`;
}

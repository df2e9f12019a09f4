import type { Assignment } from "../assignments";
import type { MachineRoleReport } from "../machine-roles";
import type { AccountReport, Report } from "../report";
import { factsOf } from "../finding-kinds";
import type { AccountFinding } from "../findings";
import { fewOf } from "../../formats/few-of";
import { groupBy } from "../group-by";
import { linesOf } from "../remedy-commands";
import { isAsConfigured } from "../standing";
import { htmlPage, markup, nothing, type Markup } from "../../formats/markup";
import { picture } from "./picture";
import { style } from "./style";
import type { Columns } from "../../formats/table";
import {
  accountColumns,
  assignmentColumns,
  hasNoFinding,
  machineRoleColumns,
  shownOf,
  unreadWords,
  verdictOf,
  namesOf,
} from "./words";

/** One page, with all it needs in itself: no script, no font, no request to anywhere. */
export const toPage = (report: Report): string =>
  htmlPage(
    `Who can reach what: ${report.outcome}`,
    style,
    markup`<h1>Who can reach what</h1>
<p class="verdict ${report.outcome === "pass" ? "good" : "bad"}"><strong>${verdictOf(report)}</strong></p>
<p>Read from the accounts at <time datetime="${report.at.toISOString()}">${timeText(report.at)}</time>.</p>
${unreadSection(report)}
${findingSection(report)}
${acceptedSection(report)}
<section aria-labelledby="picture">
<h2 id="picture">The picture</h2>
${legend}
${picture(report.assignments)}
</section>
<section aria-labelledby="assignments">
<h2 id="assignments">Every user</h2>
<p>Users who can do the same stand together. What is not listed is closed, and not granted.</p>
${everyUser(report)}
</section>
${machineSection(report)}
<section aria-labelledby="accounts">
<h2 id="accounts">Every account</h2>
<p>Centralised root access: ${report.centralRootAccess}.</p>
${everyAccount(report)}
</section>`,
  );

/** To the minute, in words that are the same everywhere. */
const timeText = (at: Date): string =>
  `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

const legend: Markup = markup`<ul class="legend">
<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="way any" d="M0 5H40"/></svg> opens with MFA of any age</li>
<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="way fresh" d="M0 5H40"/></svg> opens with MFA that is fresh enough for the role</li>
<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="way bare" d="M0 5H40"/></svg> opens without MFA</li>
<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="way closed" d="M0 5H40"/></svg> granted, and closed</li>
<li><span class="cross" aria-hidden="true">✗</span> with a line of that colour: not as in the config</li>
</ul>
<p>Users who can do the same stand in one box, and so do roles that the same users can take.</p>`;

const unreadSection = ({ unread }: Report): Markup =>
  unread.length === 0
    ? nothing
    : markup`<section aria-labelledby="unread">
<h2 id="unread">Not read</h2>
<ul>${unread.map((one) => markup`<li>${unreadWords(one)}</li>`)}</ul>
</section>`;

const acceptedSection = ({ accepted }: Report): Markup =>
  accepted.length === 0
    ? nothing
    : markup`<section aria-labelledby="accepted">
<h2 id="accepted">Accepted</h2>
<ul>${accepted.map(({ message, reason, until }) => markup`<li>Until ${until}, ${reason}: ${message}</li>`)}</ul>
</section>`;

const findingSection = ({ findings }: Report): Markup =>
  findings.length === 0
    ? nothing
    : markup`<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${[...groupBy(findings, ({ rule }) => rule).values()].map(findingGroup)}
</section>`;

function findingGroup(
  group: readonly [AccountFinding, ...AccountFinding[]],
): Markup {
  const [first] = group;
  const { rule, level } = first;
  const { title, remedy } = factsOf[rule];
  const left = group.length - mostMessages;
  return markup`<article class="finding ${level}">
<h3><span class="level">${level}</span> ${title} <small>${namesOf(first)}</small></h3>
<ul>${group.slice(0, mostMessages).map(({ message, remedy: own }) => markup`<li>${message}${own === undefined ? nothing : ownFix(own)}</li>`)}</ul>
${more(left, "findings of this kind")}
${group.every((one) => one.remedy !== undefined) ? nothing : markup`<p>Fix: ${remedy}</p>`}
</article>`;
}

/** Each command in a line of its own, and marked as a whole by one click. */
const ownFix = (remedy: string): Markup =>
  markup`<br>${linesOf(`Fix: ${remedy}`).map(({ isCommand, text }) =>
    isCommand ? markup`<code>${text}</code>` : markup`${text}`,
  )}`;

/** What a browser shows at once, and a person still reads; JSON has all of it. */
const mostMessages = 30;
const mostTables = 100;
const mostRows = 50;
const mostAccounts = 200;
const mostNames = 12;

const more = (left: number, what: string): Markup =>
  left > 0
    ? markup`<p class="left">… and ${left} more ${what}, which verify --json has.</p>`
    : nothing;

type UserGroup = readonly [Assignment, ...Assignment[]];

function everyUser({ assignments }: Report): Markup {
  const groups = [
    ...groupBy(assignments, ({ users }) => JSON.stringify(users)).values(),
  ];
  const { rows, left } = shownOf(groups, mostTables, (group) =>
    group.every(isAsConfigured),
  );
  return markup`${rows.map(userGroup)}
${more(left, "groups of users")}`;
}

function userGroup(group: UserGroup): Markup {
  const { rows, left } = shownOf(group, mostRows, isAsConfigured);
  return markup`${table(fewOf(group[0].users, mostNames), columnsOfUser, rows, isAsConfigured)}
${more(left, "rows")}`;
}

function machineSection({ machineRoles }: Report): Markup {
  if (machineRoles.length === 0) return nothing;
  const isRight = (one: MachineRoleReport): boolean => one.isAsConfigured;
  const { rows, left } = shownOf(machineRoles, mostRows, isRight);
  return markup`<section aria-labelledby="machines">
<h2 id="machines">Machines and vendors</h2>
<p>Roles that no person takes, and who takes them.</p>
${table("Machines and vendors", machineRoleColumns, rows, isRight)}
${more(left, "rows")}
</section>`;
}

function everyAccount(report: Report): Markup {
  const isRight = hasNoFinding(report);
  const { rows, left } = shownOf(report.accounts, mostAccounts, isRight);
  return markup`${table("Accounts", columnsOfAccount, rows)}
${more(left, "accounts")}`;
}

/** The users stand above the table. */
const columnsOfUser: Columns<Assignment> = [
  ["role", ({ role }) => role],
  ["accounts", ({ accounts }) => fewOf(accounts, mostNames)],
  ...assignmentColumns.slice(3),
];

/** With fewer columns, for a phone. */
const columnsOfAccount: Columns<AccountReport> = [
  ["account", ({ name, id }) => `${name} ${id}`],
  ...accountColumns.slice(2),
];

const table = <Row>(
  caption: string,
  columns: Columns<Row>,
  rows: readonly Row[],
  isRight: (row: Row) => boolean = () => true,
): Markup => markup`<div class="table"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map(([head]) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr class="${isRight(row) ? "right" : "wrong"}">${columns.map(([, cell], index) => (index === 0 ? markup`<th scope="row">${cell(row)}</th>` : markup`<td>${cell(row)}</td>`))}</tr>`)}
</tbody>
</table></div>`;

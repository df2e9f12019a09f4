import type { Assignment } from "../assignments";
import type { AccountReport, Report } from "../report";
import { factsOf, type AccountFinding } from "../findings";
import { htmlPage, markup, nothing, type Markup } from "../../formats/markup";
import { picture } from "./picture";
import { style } from "./style";
import { byKind, isAsConfigured, rootWords, verdictOf } from "./words";

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
<section aria-labelledby="picture">
<h2 id="picture">The picture</h2>
${legend}
${picture(report.assignments)}
</section>
<section aria-labelledby="assignments">
<h2 id="assignments">Every user</h2>
<p>Of ${report.decided} pairs of a user and a role, those that open or should; all others are closed.</p>
${usersIn(report.assignments).map((user) => userTable(user, report.assignments))}
</section>
<section aria-labelledby="accounts">
<h2 id="accounts">Every account</h2>
<p>Centralised root access: ${report.centralRootAccess}.</p>
${accountTable(report.accounts)}
</section>`,
  );

/** To the minute, in words that are the same everywhere. */
const timeText = (at: Date): string =>
  `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

const legend: Markup = markup`<ul class="legend">
<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="way any" d="M0 5H40"/></svg> opens with MFA of any age</li>
<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="way fresh" d="M0 5H40"/></svg> opens with fresh MFA alone</li>
<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="way bare" d="M0 5H40"/></svg> opens without MFA</li>
<li><svg viewBox="0 0 40 10" aria-hidden="true"><path class="way closed" d="M0 5H40"/></svg> granted, and closed</li>
<li><span class="cross" aria-hidden="true">✗</span> not as in the config</li>
</ul>
<p>Users who can do the same stand in one box, and so do roles that the same users can take.</p>`;

const unreadSection = ({ unread }: Report): Markup =>
  unread.length === 0
    ? nothing
    : markup`<section aria-labelledby="unread">
<h2 id="unread">Not read</h2>
<ul>${unread.map(({ name, id, why }) => markup`<li>${name} (${id}): ${why}</li>`)}</ul>
</section>`;

const findingSection = ({ findings }: Report): Markup =>
  findings.length === 0
    ? nothing
    : markup`<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${byKind(findings).map(findingGroup)}
</section>`;

function findingGroup(
  group: readonly [AccountFinding, ...AccountFinding[]],
): Markup {
  const [{ rule, level }] = group;
  const { title, remedy } = factsOf[rule];
  return markup`<article class="finding ${level}">
<h3><span class="level">${level}</span> ${title}</h3>
<ul>${group.map(({ message }) => markup`<li>${message}</li>`)}</ul>
<p>Fix: ${remedy}</p>
</article>`;
}

const usersIn = (assignments: readonly Assignment[]): readonly string[] => [
  ...new Set(assignments.map(({ user }) => user)),
];

const userTable = (
  user: string,
  assignments: readonly Assignment[],
): Markup => markup`
<table>
<caption>${user}</caption>
<thead><tr><th scope="col">role</th><th scope="col">no MFA</th><th scope="col">fresh</th><th scope="col">old</th><th scope="col">config</th></tr></thead>
<tbody>
${assignments.filter((assignment) => assignment.user === user).map(assignmentRow)}
</tbody>
</table>`;

const assignmentRow = (assignment: Assignment): Markup =>
  markup`<tr class="${
    isAsConfigured(assignment) ? "right" : "wrong"
  }"><th scope="row">${assignment.account} ${assignment.role}</th><td>${assignment.withoutMfa.answer}</td><td>${assignment.freshMfa.answer}</td><td>${assignment.oldMfa.answer}</td><td>${assignment.isGranted ? "granted" : "not granted"}${isAsConfigured(assignment) ? "" : " ✗"}</td></tr>`;

const accountTable = (accounts: readonly AccountReport[]): Markup => markup`
<table>
<caption>Accounts</caption>
<thead><tr><th scope="col">account</th><th scope="col">users</th><th scope="col">roles</th><th scope="col">root</th><th scope="col">no MFA</th></tr></thead>
<tbody>
${accounts.map(
  (account) =>
    markup`<tr><th scope="row">${account.name}<br><small>${account.id}</small></th><td>${account.users}</td><td>${account.roles}</td><td>${rootWords(account)}</td><td>${account.usersWithoutMfa.join(", ") || "none"}</td></tr>`,
)}
</tbody>
</table>`;

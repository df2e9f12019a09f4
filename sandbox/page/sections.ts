import { letsIn } from "../aws/decided";
import type {
  Account,
  Cloud,
  DecidedCall,
  MfaDevice,
  User,
} from "../aws/model";
import type { Code } from "./codes";
import { html, type Html } from "./html";
import { shortCaller, shortResource, why } from "./words";

/** Where a device's QR code is. */
export const qrPath = (serial: string): string =>
  `/qr/${encodeURIComponent(serial)}`;

export const accountsSection = ({ accounts }: Cloud): Html =>
  html`<ul class="cards">
    ${[...accounts.values()].map(accountCard)}
  </ul>`;

const accountCard = ({ id, name, alias, roles }: Account): Html =>
  html`<li>
    <h3>${name}</h3>
    <p class="quiet">
      <code>${id}</code>${alias === undefined ? "" : html`, alias ${alias}`}
    </p>
    <p>${[...roles.keys()].join(", ")}</p>
  </li>`;

/** Those with an authenticator first. A code that is left out is told by itself, as it changes often. */
export function usersSection(cloud: Cloud, codes: readonly Code[]): Html {
  const users = [...cloud.accounts.values()].flatMap((account) =>
    sorted(account.users.values()).map((user) => ({
      account,
      user,
      devices: [...account.mfaDevices.values()].filter(
        ({ enabledFor }) => enabledFor === user.name,
      ),
    })),
  );
  const [withDevice, without] = [
    users.filter(({ devices }) => devices.length > 0),
    users.filter(({ devices }) => devices.length === 0),
  ];
  return html`<ul class="cards">
    ${[...withDevice, ...without].map((one) => userCard(one, codes))}
  </ul>`;
}

const sorted = (users: Iterable<User>): readonly User[] =>
  [...users].sort((one, other) => (one.name < other.name ? -1 : 1));

interface Owner {
  readonly account: Account;
  readonly user: User;
  readonly devices: readonly MfaDevice[];
}

const userCard = (
  { account, user, devices }: Owner,
  codes: readonly Code[],
): Html =>
  html`<li>
    <h3>${user.name}</h3>
    <p class="quiet">${[account.name, ...user.groups].join(", ")}</p>
    ${
      devices.length === 0
        ? html`<p>No MFA device.</p>`
        : devices.map((device) =>
            deviceOf(
              user,
              device,
              codes.find(({ serial }) => serial === device.serial),
            ),
          )
    }
  </li>`;

const deviceOf = (
  user: User,
  { serial, seed }: MfaDevice,
  { digits = "", isUsed = false, until = 0 }: Partial<Code> = {},
): Html =>
  html`<div class="device">
    <div
      class="${isUsed ? "code used" : "code"}"
      data-serial="${serial}"
      data-until="${until}"
    >
      <output>${digits}</output>
      <p class="quiet"></p>
      <details>
        <summary>Key and device</summary>
        <code>${seed}</code>
        <code>${serial}</code>
      </details>
    </div>
    <img
      src="${qrPath(serial)}"
      alt="QR code for an authenticator app of ${user.name}"
    />
  </div>`;

export const callsSection = (
  cloud: Cloud,
  calls: readonly DecidedCall[],
): Html =>
  calls.length === 0
    ? html`<p>No call yet: what commands ask of AWS shows here.</p>`
    : html`<table>
        <thead>
          <tr>
            <th>Time</th>
            <th>Who</th>
            <th>Action and resource</th>
            <th>Decision</th>
            <th>By</th>
          </tr>
        </thead>
        <tbody>
          ${calls.map((call) => callRow(cloud, call))}
        </tbody>
      </table>`;

function callRow(cloud: Cloud, call: DecidedCall): Html {
  const { at, caller, action, resource, reason } = call;
  const isAllowed = letsIn(reason);
  return html`<tr class="${isAllowed ? "allowed" : "denied"}">
    <td>
      <time datetime="${at.toISOString()}"
        >${at.toTimeString().slice(0, 8)}</time
      >
    </td>
    <td title="${caller}">${shortCaller(cloud, caller)}</td>
    <td title="${resource}">
      <strong>${action}</strong>
      ${resource === "*" ? "" : shortResource(cloud, resource)}
    </td>
    <td class="verdict">${isAllowed ? "✓ allow" : "✗ deny"}</td>
    <td>${why(call)}</td>
  </tr>`;
}

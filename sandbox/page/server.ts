import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { otpAuthUri } from "../aws/iam/mfa";
import { qrCodePng } from "../aws/iam/qr-code";
import type { Cloud } from "../aws/model";
import { codesOf, type Code } from "./codes";
import { pageDocument } from "./document";
import type { Journal } from "./journal";
import { Live } from "./live";
import {
  accountsSection,
  callsSection,
  qrPath,
  usersSection,
} from "./sections";

/** The page that shows a sandbox, while it runs. */
export interface SandboxPage {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves it on loopback alone, at a free port. */
export async function startPage(
  cloud: Cloud,
  journal: Journal,
): Promise<SandboxPage> {
  const sections = (codes: readonly Code[] = []) => ({
    users: usersSection(cloud, codes),
    calls: callsSection(cloud, journal.calls()),
    accounts: accountsSection(cloud),
  });
  const live = new Live(() => ({
    ...Object.fromEntries(
      Object.entries(sections()).map(([name, { text }]) => [name, text]),
    ),
    codes: JSON.stringify(codesOf(cloud)),
  }));
  journal.onAdded(() => {
    live.soon();
  });
  const answer = (path: string): Answered | undefined => {
    if (path === "/") {
      return {
        type: htmlType,
        body: pageDocument(sections(codesOf(cloud))).text,
      };
    }
    return files.get(path) ?? qrCode(cloud, path);
  };
  const server = createServer((request, response) => {
    serve(request, response, answer, live);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

interface Answered {
  readonly type: string;
  readonly body: string | Buffer;
}

const htmlType = "text/html; charset=utf-8";

const file = (name: string, type: string): readonly [string, Answered] => [
  `/${name}`,
  { type: `${type}; charset=utf-8`, body: readFileSync(join(__dirname, name)) },
];

const files: ReadonlyMap<string, Answered> = new Map([
  file("page.css", "text/css"),
  file("page.js", "text/javascript"),
  // Browsers ask for it by themselves.
  ["/favicon.ico", { type: "image/x-icon", body: "" }],
]);

function qrCode({ accounts }: Cloud, path: string): Answered | undefined {
  for (const account of accounts.values()) {
    for (const device of account.mfaDevices.values()) {
      if (path !== qrPath(device.serial)) continue;
      const body = qrCodePng(otpAuthUri(account, device));
      return { type: "image/png", body };
    }
  }
  return undefined;
}

/** Nothing but what is served here is loaded or run, and nobody else may show it or read it. */
const headers = {
  "cache-control": "no-store",
  "content-security-policy": [
    "default-src 'none'",
    ...["script", "style", "img", "connect"].map(
      (kind) => `${kind}-src 'self'`,
    ),
    ...["base-uri", "form-action", "frame-ancestors"].map(
      (kind) => `${kind} 'none'`,
    ),
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (path: string) => Answered | undefined,
  live: Live,
): void {
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value);
  }
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const refused = refusalOf(request, path);
  if (refused !== undefined) {
    plain(response, refused.status, refused.message);
    return;
  }
  if (path === "/events") {
    live.open(response);
    return;
  }
  const found = answer(path);
  if (found === undefined) {
    plain(response, 404, `${path} is not here. The page is at /`);
    return;
  }
  response.writeHead(200, { "content-type": found.type });
  response.end(found.body);
}

/**
 * No page of another site is answered: one whose name was led to this machine shows in `Host`, any other
 * in what the browser says of it. A link to the page may be anywhere.
 */
function refusalOf(
  { headers: given, method, socket }: IncomingMessage,
  path: string,
) {
  const { localPort = 0 } = socket;
  const { host = "" } = given;
  const own = ["127.0.0.1", "localhost"].map((name) => `${name}:${localPort}`);
  if (!own.includes(host)) {
    return {
      status: 421,
      message: `Host: expected ${own.join(" or ")}, found ${JSON.stringify(host)}`,
    };
  }
  const site = given["sec-fetch-site"] ?? "none";
  const isOwn = ["none", "same-origin"].includes(site);
  if (given.origin !== undefined || !(isOwn || path === "/")) {
    return { status: 403, message: "Another site's page may not ask for this" };
  }
  if (method !== "GET" && method !== "HEAD") {
    return {
      status: 405,
      message: `expected GET, found ${method ?? "nothing"}`,
    };
  }
  return undefined;
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}

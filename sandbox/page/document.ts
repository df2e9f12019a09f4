import { html, type Html } from "./html";

/** What the page shows, by the id of its place. */
export interface Sections {
  readonly users: Html;
  readonly calls: Html;
  readonly accounts: Html;
}

export const pageDocument = ({ users, calls, accounts }: Sections): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Sandbox: AWS on this machine</title>
        <link rel="stylesheet" href="/page.css" />
        <script src="/page.js" defer></script>
      </head>
      <body>
        <header>
          <h1>Sandbox</h1>
          <p>
            All of this is on this machine alone: none of these accounts, users
            and keys is AWS's.
          </p>
          <p id="stopped" role="alert" hidden>
            The sandbox has stopped: what is below is no longer so.
          </p>
        </header>
        <main>
          <section class="users">
            <h2>Users</h2>
            <p class="quiet">
              Scan a QR code with an authenticator app, or type the digits. Each
              code works once.
            </p>
            <div id="users">${users}</div>
          </section>
          <section class="calls">
            <h2>Last calls</h2>
            <p>
              <label
                ><input type="checkbox" id="only-denied" /> only those that were
                denied</label
              >
            </p>
            <div id="calls">${calls}</div>
          </section>
          <section class="accounts">
            <h2>Accounts and their roles</h2>
            <div id="accounts">${accounts}</div>
          </section>
        </main>
      </body>
    </html> `;

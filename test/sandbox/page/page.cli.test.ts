import assert from "node:assert/strict";
import { ListUsersCommand } from "@aws-sdk/client-iam";
import { codeFor } from "../../../sandbox/aws/totp";
import { administratorOf, bastionId, iamOf } from "../aws/clients";
import { newUserKey } from "../aws/iam/conversation";
import { Browser, chromium, whySkipped, type View } from "./browser";
import { closeWorld, markup, startWorld, type PageWorld } from "./world";

const views: readonly View[] = [390, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((scheme) => ({
    ...{ width, height: 900, scheme },
  })),
);

const suite = chromium === undefined ? describe.skip : describe;

suite(`The page of a sandbox in a browser${whySkipped}`, () => {
  let world: PageWorld;
  let browser: Browser;
  before(async () => {
    world = await startWorld();
    browser = await Browser.start();
  });
  after(async () => {
    await browser.close();
  });

  const text = (selector: string): Promise<unknown> =>
    browser.value(
      `document.querySelector(${JSON.stringify(selector)}).innerText`,
    );
  const digits = ".code output";

  it("fits a narrow window and a wide one, in light and dark", async () => {
    world.journal.add({
      at: new Date(),
      caller: `arn:aws:sts::${bastionId}:assumed-role/${"R".repeat(64)}/${"s".repeat(64)}`,
      action: "s3:GetObject",
      resource: `arn:aws:s3:::${"b".repeat(63)}/${"k".repeat(200)}`,
      reason: { decided: "refused", message: "x".repeat(300) },
    });
    const grounds = new Set<unknown>();
    for (const view of views) {
      await browser.look(view);
      await browser.open(world.page.address);
      await browser.until(
        `document.querySelector("${digits}").textContent !== ""`,
      );
      const width = await browser.value("document.documentElement.scrollWidth");
      assert.equal(width, view.width, view.scheme);
      grounds.add(
        await browser.value("getComputedStyle(document.body).backgroundColor"),
      );
    }
    assert.equal(grounds.size, 2);
  });

  it("says that it is of this machine, and shows the code of now", async () => {
    assert.match(String(await text("header")), /on this machine alone/);
    const now = world.aws.clock.now();
    const codes = [-30, 0, 30].map((seconds) =>
      codeFor(world.seed, new Date(now.getTime() + seconds * 1_000)),
    );
    assert.ok(codes.includes(String(await text(digits))));
    assert.match(String(await text(".code p")), /^for \d+ s$/);
    await browser.until(
      "[...document.images].every((one) => one.complete && one.naturalWidth > 100)",
    );
  });

  it("shows calls as they come, and those alone that were denied", async () => {
    const conversation = {
      aws: world.aws,
      iam: await administratorOf(world.aws, bastionId),
    };
    const eve = iamOf(world.aws, await newUserKey(conversation, "eve"));
    await assert.rejects(eve.send(new ListUsersCommand({})));
    await browser.until(
      '/eve in bastion\\s+iam:ListUsers\\s+✗ deny\\s+implicit deny: no identity policy allows it/.test(document.querySelector("#calls").innerText)',
    );
    await browser.until(
      '[...document.querySelectorAll("#users h3")].some((one) => one.innerText === "eve")',
    );
    const shown =
      "[...document.querySelectorAll('#calls tbody tr')].filter((one) => one.offsetParent !== null).map((one) => one.className)";
    assert.ok(String(await browser.value(shown)).includes("allowed"));
    await browser.value('document.querySelector("#only-denied").click()');
    const denied = (await browser.value(shown)) as readonly string[];
    assert.ok(denied.length >= 1);
    assert.ok(denied.every((one) => one === "denied"));
  });

  it("takes no text for its own, and breaks no rule of its own", async () => {
    assert.ok(String(await text("#accounts")).includes(markup));
    assert.equal(
      await browser.value("document.title"),
      "Sandbox: AWS on this machine",
    );
    await browser.value(
      `document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(markup)})`,
    );
    await browser.until("document.images[document.images.length - 1].complete");
    assert.equal(
      await browser.value("document.title"),
      "Sandbox: AWS on this machine",
    );
    // The page's own rules stopped what was put in just now, and had nothing to stop before.
    assert.ok(browser.complaints.length >= 1);
    for (const one of browser.complaints)
      assert.match(one, /Content Security Policy|\/x"/);
  });

  it("says so when the sandbox has stopped", async () => {
    assert.equal(
      await browser.value('document.querySelector("#stopped").hidden'),
      true,
    );
    await closeWorld(world);
    await browser.until('!document.querySelector("#stopped").hidden');
  });
});

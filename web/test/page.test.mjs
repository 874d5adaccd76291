// The page in a browser: with script, without, by keyboard, on a phone. Needs Chromium (CHROMIUM, or where Debian has
// it) and AVSTAND_PROGRAM.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { browserPath, program, serve } from "./served.mjs";

const missing = [browserPath, program].filter((path) => !existsSync(path));
const options = { skip: missing.length > 0 && `needs ${missing.join(" and ")}`, timeout: 120_000 };

const ARTICLE = `Minister på lukket besøk i Tarvenia

Handelsminister Jelena Strand landet i Ostgrad mandag, ifølge det statskontrollerte nyhetsbyrået TPA.

Presidenten skal ha kalt møtet «en ny vår», skriver AFP.

– Vi har ikke fått ett ord, sier Marit Kolsrud, som leder støttegruppen, til NTB.

Tarvenia avviser at anlegget har noe militært formål.
`;

let server, browser, base;
before(async () => {
  if (options.skip) return;
  server = await serve();
  base = server.base;
  browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
});
after(async () => {
  await browser?.close();
  server?.stop();
});

async function read(context = {}) {
  const page = await browser.newPage(context);
  const problems = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  const outside = [];
  page.on("request", (request) => request.url().startsWith(base) || outside.push(request.url()));
  await page.goto(`${base}?ui=nb`);
  await page.fill("textarea", ARTICLE);
  await page.click("button[type=submit]");
  await page.locator(context.javaScriptEnabled === false ? "article .note" : ".live .note").first().waitFor();
  return { page, problems, outside };
}

test("a statement opens with its chain and its reasons, and shuts again", options, async () => {
  const { page, problems, outside } = await read();
  const references = page.locator(".live .text .ref");
  assert.ok((await references.count()) >= 4);
  const first = references.first();
  await first.click();
  assert.equal(await first.getAttribute("aria-expanded"), "true");
  const note = page.locator(`#${await first.getAttribute("aria-controls")}`);
  assert.match(await note.locator(".chain").innerText(), /TPA/);
  await note.locator(".why").first().click();
  assert.ok((await page.locator("mark.hit").count()) >= 1);
  await page.keyboard.press("Escape");
  assert.equal(await first.getAttribute("aria-expanded"), "false");
  assert.deepEqual(problems, []);
  assert.deepEqual(outside, []);
});

test("the text comes out whole, whatever is marked in it", options, async () => {
  const { page } = await read();
  const shown = await page.locator(".live .text").evaluateAll((blocks) =>
    blocks.map((block) => {
      const copy = block.cloneNode(true);
      copy.querySelectorAll("button").forEach((button) => button.remove());
      return copy.textContent.trim();
    }),
  );
  assert.deepEqual(shown, ARTICLE.trim().split("\n\n"));
});

test("the keyboard is enough", options, async () => {
  const { page } = await read();
  const reference = page.locator(".live .text .ref").first();
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press("Tab");
    if (await reference.evaluate((b) => b.getRootNode().activeElement === b)) break;
  }
  await page.keyboard.press("Enter");
  assert.equal(await reference.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await reference.evaluate((b) => b.getRootNode().activeElement === b), true);
});

test("filters let through what they say", options, async () => {
  const { page } = await read();
  const notes = page.locator(".live .notes > .note");
  const all = await notes.count();
  const origin = page.locator(".live select");
  const drawn = () => page.locator("avstand-article").evaluate((element) => element.updateComplete);
  await origin.selectOption({ index: 1 });
  await drawn();
  const some = await notes.count();
  assert.ok(some > 0 && some < all);
  await origin.selectOption("*");
  await page.locator(".live #checked").check();
  await drawn();
  assert.equal(await notes.count(), 0);
  assert.match(await page.locator(".live [role=status]").innerText(), /Ingenting/);
});

test("without script the report is there", options, async () => {
  const { page } = await read({ javaScriptEnabled: false });
  assert.match(await page.locator("article").innerText(), /Marit Kolsrud/);
  assert.ok((await page.locator("article .note").count()) >= 4);
});

test("nothing runs out of a phone's screen", options, async () => {
  const { page } = await read({ viewport: { width: 320, height: 640 } });
  const [width, inside] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
  assert.ok(inside <= width, `${inside} > ${width}`);
});

test("a ledger that is none is said", options, async () => {
  const { page } = await read();
  await page.evaluate(() => {
    const element = document.createElement("avstand-article");
    element.innerHTML = '<script type="application/json">{"schema": "other"}</script>';
    document.body.append(element);
  });
  assert.match(await page.locator("avstand-article [role=alert]").innerText(), /no ledger/);
});

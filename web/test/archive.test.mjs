// The pages over an archive in a browser: by the rules of axe-core, on a phone, without script, and with corrections.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { TOKEN, browserPath, program, serveExamples } from "./served.mjs";

const missing = [browserPath, program].filter((path) => !existsSync(path));
const options = { skip: missing.length > 0 && `needs ${missing.join(" and ")}`, timeout: 300_000 };
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SIZES = { wide: { width: 1200, height: 900 }, narrow: { width: 320, height: 640 } };

let served, browser, pages;
before(async () => {
  if (options.skip) return;
  served = await serveExamples();
  browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const { stories } = await (await fetch(`${served.base}api/stories`)).json();
  const largest = stories.reduce((a, b) => (b.articles > a.articles ? b : a));
  pages = {
    front: "?ui=en",
    search: "search?q=politiet&ui=nb",
    "search of everything": "search?ui=nn&outlet=NTB",
    story: `story?id=${largest.id}&ui=en`,
    source: "source?name=politiet&ui=nb",
    article: `article?id=${largest.members[0].id}&ui=en`,
    form: "read?ui=en",
    "nothing there": "article?id=999999&ui=en",
  };
});
after(async () => {
  await browser?.close();
  served?.stop();
});

/** Opens a page of the server; asks nothing of anybody else, and complains of nothing. */
async function open(path, context = {}) {
  const page = await browser.newPage(context);
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/404/.test(message.text()) && problems.push(message.text()));
  page.on("request", (request) => request.url().startsWith(served.base) || problems.push(`asks ${request.url()}`));
  await page.goto(new URL(path, served.base).href);
  return { page, problems };
}

/** What axe-core finds wrong: rule and elements. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join("; ")}`);
}

for (const [size, viewport] of Object.entries(SIZES))
  for (const colorScheme of ["light", "dark"])
    test(`axe-core finds nothing wrong, ${size}, ${colorScheme}`, options, async () => {
      for (const [name, path] of Object.entries(pages)) {
        const { page, problems } = await open(path, { viewport, colorScheme });
        for (const details of await page.locator("details").all()) await details.evaluate((d) => (d.open = true));
        assert.deepEqual(await violations(page), [], name);
        assert.deepEqual(problems, [], name);
        const [width, inside] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
        assert.ok(inside <= width, `${name}: ${inside} > ${width}`);
        await page.close();
      }
    });

test("a report of a pasted article passes axe-core too, with a statement open", options, async () => {
  const { page, problems } = await open("read?ui=nb");
  await page.fill("textarea", "Minister på besøk\n\nMinisteren landet mandag, ifølge det statskontrollerte nyhetsbyrået TPA.");
  await page.click("button[type=submit]");
  await page.locator(".live .text .ref").first().click();
  await page.locator(".live .note dl").first().waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(problems, []);
});

test("from the front to a story, its article and a source by links alone, without script", options, async () => {
  const { page } = await open("?ui=nn", { javaScriptEnabled: false });
  await page.locator(".story a").first().click();
  await page.waitForURL(/\/story/);
  assert.ok((await page.locator(".matrix tbody tr").count()) > 0);
  await page.locator(".matrix a.mark").first().click();
  await page.waitForURL(/\/article/);
  assert.ok((await page.locator("article .text").count()) > 1);
  await page.goBack();
  await page.locator(".origin a.name").first().click();
  await page.waitForURL(/\/source/);
  assert.match(await page.locator("h2").innerText(), /\S/);
  assert.match(page.url(), /ui=nn/);
});

test("search by form, narrow down by a facet, and back", options, async () => {
  const { page } = await open("search?ui=en", { javaScriptEnabled: false });
  await page.fill("#q", "skred");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=skred/);
  const all = await page.locator(".hits > li").count();
  assert.ok(all > 1);
  assert.ok((await page.locator(".snippet mark").count()) >= 1);
  await page.locator("#facet-outlet ~ ul a").first().click();
  await page.waitForURL(/outlet=/);
  assert.ok((await page.locator(".hits > li").count()) < all);
  await page.locator("#facet-outlet ~ ul .chosen a").click();
  await page.waitForURL((url) => !url.search.includes("outlet="));
  assert.equal(await page.locator(".hits > li").count(), all);
});

test("a reader with the token corrects, and it is shown", options, async () => {
  const { page } = await open(pages.article, { javaScriptEnabled: false });
  const fill = async (token) => {
    await page.selectOption("#statement", { index: 1 });
    await page.selectOption("#what", "chain");
    await page.fill("#value", "Fiskarlaget > NTB");
    await page.fill("#author", "Kari Bø");
    await page.fill("#token", token);
    await page.click(".correct button");
  };
  await fill("a-wrong-token");
  await page.locator(".correct [role=alert]").waitFor();
  assert.equal(await page.locator(".corrections").count(), 0);
  await fill(TOKEN);
  await page.waitForURL(/#corrections/);
  assert.match(await page.locator(".corrections").innerText(), /Fiskarlaget[\s\S]*Kari Bø/);
  const { page: alive } = await open(pages.article);
  assert.ok(await alive.locator(".corrections").isVisible());
  assert.match(await alive.locator(".live .note .correction").first().innerText(), /Fiskarlaget → NTB[\s\S]*Kari Bø/);
  assert.deepEqual(await violations(alive), []);
});

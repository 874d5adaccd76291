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

/** Presses Tab until what has the focus fits; fails where nothing does. */
async function tabTo(page, fits, most = 200) {
  for (let i = 0; i < most; ++i) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(fits)) return;
  }
  assert.fail(`nothing that can be reached is ${fits}`);
}

test("search and its facets, a story and its claims by keyboard alone", options, async () => {
  const { page } = await open("?ui=en");
  await tabTo(page, () => document.activeElement.getAttribute("href")?.startsWith("/search"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search/);
  await tabTo(page, () => document.activeElement.id === "q");
  await page.keyboard.type("skred");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=skred/);
  const all = await page.locator(".hits > li").count();
  await tabTo(page, () => document.activeElement.matches("#facet-outlet ~ ul a"));
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  await page.keyboard.press("Enter");
  await page.waitForURL(/outlet=/);
  assert.ok((await page.locator(".hits > li").count()) < all);
  await page.goto(new URL(pages.story, served.base).href);
  await tabTo(page, () => document.activeElement.matches(".scroll"));
  await tabTo(page, () => document.activeElement.matches("a.mark"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/article/);
});

test("an article and a story are drawn, with names for those who do not see it", options, async () => {
  for (const path of [pages.article, pages.story]) {
    const { page } = await open(path, { javaScriptEnabled: false });
    const drawings = page.locator("svg.graph[role=img]:visible");
    assert.ok((await drawings.count()) > 0, path);
    assert.equal(await page.locator(".drawn svg.graph:visible").count(), 1, path);
    for (const drawing of await drawings.all()) {
      const name = (await drawing.getAttribute("aria-label")) ?? (await drawing.locator("> title").textContent());
      assert.match(name, /\S/);
      // What is written in a box is inside it, in the fonts that are here.
      const out = await drawing.evaluate((svg) =>
        [...svg.querySelectorAll(".node")].flatMap((node) => {
          const box = node.querySelector(".box").getBBox();
          return [...node.querySelectorAll("text")].filter((t) => t.getBBox().x < box.x || t.getBBox().x + t.getBBox().width > box.x + box.width)
            .map((t) => t.textContent);
        }),
      );
      assert.deepEqual(out, [], path);
    }
  }
});

test("on paper nothing is cut in two, and nothing runs over its edge", options, async () => {
  const paper = { width: 672, height: 987 }; // A4 less its margins
  for (const script of [true, false]) {
    const { page } = await open(pages.article, { viewport: paper, javaScriptEnabled: script });
    if (script) await page.locator(".live .note").first().waitFor();
    await page.emulateMedia({ media: "print" });
    for (const kind of [".note", ".graph", ".picture", ".flags > li"])
      for (const one of await page.locator(`${script ? ".live" : "article"} ${kind}`).all())
        assert.equal(await one.evaluate((e) => getComputedStyle(e).breakInside), "avoid", kind);
    const [width, inside] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
    assert.ok(inside <= width, `${inside} > ${width}`);
  }
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

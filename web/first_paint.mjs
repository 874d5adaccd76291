// How long a pasted article (standard input) takes from the moment the form is sent, in Chromium: milliseconds of 60 times
// to the first contentful paint, which may be what stands above the article, and to the first of the article itself, as
// JSON {"first": […], "article": […]}. node first_paint.mjs http://127.0.0.1:8700 < article.txt
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { browserPath } from "./test/served.mjs";

const [base] = process.argv.slice(2);
const article = readFileSync(0, "utf8");
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
const page = await browser.newPage();
// Its title is marked for Element Timing as soon as it is parsed, before it can be painted.
await page.addInitScript(() => {
  window.painted = [];
  new PerformanceObserver((list) => window.painted.push(...list.getEntries())).observe({ type: "element", buffered: true });
  new MutationObserver((changes, observer) => {
    const title = document.querySelector("article.article h2");
    if (!title) return;
    title.setAttribute("elementtiming", "article");
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
});
// What the browser has told of it by then; sometimes nothing.
const inArticle = () => window.painted[0]?.renderTime;
const first = () => performance.getEntriesByName("first-contentful-paint")[0].startTime;
const times = { first: [], article: [] };
for (let i = 0; i < 62; ++i) {
  await page.goto(`${base}/read?ui=nb`);
  await page.fill("textarea", article);
  await page.click("button[type=submit]");
  await page.locator(".live .text .ref").first().waitFor();
  const painted = await page.evaluate(inArticle);
  if (painted) times.article.push(painted);
  times.first.push(await page.evaluate(first));
}
await browser.close();
for (const all of Object.values(times)) all.splice(0, 2); // these warm up
console.log(JSON.stringify(times));

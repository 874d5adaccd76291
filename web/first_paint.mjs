// How long a pasted article (standard input) takes to its first contentful paint, in Chromium: milliseconds of 60 times,
// as JSON. node first_paint.mjs http://127.0.0.1:8700 < article.txt
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { browserPath } from "./test/served.mjs";

const [base] = process.argv.slice(2);
const article = readFileSync(0, "utf8");
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
const page = await browser.newPage();
const times = [];
for (let i = 0; i < 62; ++i) {
  await page.goto(`${base}/read?ui=nb`);
  await page.fill("textarea", article);
  await page.click("button[type=submit]");
  await page.locator(".live .text .ref").first().waitFor();
  times.push(
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          // From the moment the form is sent: asking, reading and painting.
          new PerformanceObserver((list) => {
            const paint = list.getEntriesByName("first-contentful-paint")[0];
            if (paint) resolve(paint.startTime);
          }).observe({ type: "paint", buffered: true });
        }),
    ),
  );
}
await browser.close();
console.log(JSON.stringify(times.slice(2))); // the first two warm up

// Makes the pictures of the documentation (docs/images/) from texts of this repository: reads the examples and the
// invented stories into an archive, serves it, and takes its pages. `node screenshots.mjs [FOLDER]`; needs Chromium
// (CHROMIUM) and the program (AVSTAND_PROGRAM).
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { browserPath, serveExamples, root } from "./test/served.mjs";

const folder = process.argv[2] ?? join(root, "docs", "images");
const WIDE = { width: 1200, height: 900 }, NARROW = { width: 390, height: 844 };

const served = await serveExamples();
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
try {
  await mkdir(folder, { recursive: true });
  const { stories } = await (await fetch(`${served.base}api/stories`)).json();
  const story = stories.find((s) => s.articles >= 5) ?? stories[0];
  const shots = [
    ["front", "", WIDE],
    ["search", "search?q=politiet", WIDE],
    ["story", `story?id=${story.id}`, WIDE],
    ["story-phone", `story?id=${story.id}`, NARROW],
    ["source", "source?name=NTB", WIDE],
    ["article", `article?id=${story.members[0].id}`, WIDE],
    ["article-phone", `article?id=${story.members[0].id}`, NARROW],
  ];
  for (const [name, path, viewport] of shots) {
    const page = await browser.newPage({ viewport, colorScheme: "light" });
    const url = new URL(path, served.base);
    url.searchParams.set("ui", "en");
    await page.goto(url.href);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: process.env.FULL_PAGE === "1" });
    await page.close();
  }
} finally {
  await browser.close();
  await served.stop();
}

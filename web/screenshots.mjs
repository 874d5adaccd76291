// Makes the pictures of the documentation (docs/images/) from texts of this repository: reads the examples and the
// invented stories into an archive, serves it, and takes its pages. `node screenshots.mjs [FOLDER]`; needs Chromium
// (CHROMIUM) and the program (AVSTAND_PROGRAM).
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { browserPath, program, serveExamples, root } from "./test/served.mjs";

const folder = process.argv[2] ?? join(root, "docs", "images");
const WIDE = { width: 1200, height: 900 }, NARROW = { width: 390, height: 844 };
const TALL = { width: 1200, height: 1160 };

const served = await serveExamples();
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
try {
  await mkdir(folder, { recursive: true });
  const { stories } = await (await fetch(`${served.base}api/stories`)).json();
  const story = stories.find((s) => s.articles >= 5) ?? stories[0];
  const shots = [
    ["front", "", WIDE],
    ["search", "search?q=politiet", WIDE],
    ["story", `story?id=${story.id}`, TALL],
    ["story-phone", `story?id=${story.id}`, NARROW],
    ["source", "source?name=NTB", WIDE],
    ["article", `article?id=${story.members[0].id}`, WIDE],
    ["article-phone", `article?id=${story.members[0].id}`, NARROW],
  ];
  const reports = await mkdtemp(join(tmpdir(), "avstand-shots-"));
  const report = join(reports, "report.html");
  execFileSync(program, ["read", "--format", "html", "--output", report, join(root, "examples", "statsbesok.nb.txt")]);
  shots.push(["report", pathToFileURL(report).href, TALL]);
  for (const [name, path, viewport] of shots) {
    const page = await browser.newPage({ viewport, colorScheme: "light" });
    const url = new URL(path, served.base);
    if (url.protocol !== "file:") url.searchParams.set("ui", "en");
    await page.goto(url.href);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: process.env.FULL_PAGE === "1" });
    await page.close();
  }
  await rm(reports, { recursive: true });
} finally {
  await browser.close();
  await served.stop();
}

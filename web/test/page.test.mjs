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
  assert.match(await note.locator(".graph").getAttribute("aria-label"), /TPA/);
  await note.locator(".why").first().click();
  assert.ok((await page.locator("mark.hit").count()) >= 1);
  await page.keyboard.press("Escape");
  assert.equal(await first.getAttribute("aria-expanded"), "false");
  assert.deepEqual(problems, []);
  assert.deepEqual(outside, []);
});

test("the element draws what the report draws", options, async () => {
  const { page } = await read();
  const [report, element] = await page.locator("avstand-article").evaluate((e) =>
    [e, e.shadowRoot].map((place) =>
      [...place.querySelectorAll("svg.graph")].map((drawing) =>
        [...drawing.querySelectorAll("path, rect, circle, text")]
          .map((part) => [part.tagName, ...["class", "d", "x", "y", "width", "height", "rx", "cx", "cy"].map((a) => part.getAttribute(a)),
            part.tagName === "text" && part.textContent].join(" "))
          .sort(),
      ),
    ),
  );
  assert.ok(report.length >= 6);
  assert.deepEqual(element, report);
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

test("the element has the names and the file that the report has", options, async () => {
  const { page } = await read();
  const [report, element] = await page.locator("avstand-article").evaluate((e) =>
    [e, e.shadowRoot].map((place) =>
      [...place.querySelectorAll(".entities tr, .about div")].map((row) => row.textContent.replace(/\s+/g, " ").trim()),
    ),
  );
  assert.ok(report.length > 5);
  assert.deepEqual(element.map((row) => row.replaceAll(" ", "")), report.map((row) => row.replaceAll(" ", "")));
});

test("what a picture file says stands in the element, with a caption and without", options, async () => {
  const { page } = await read();
  await page.evaluate(async () => {
    const ledger = JSON.parse(document.querySelector("avstand-article script").textContent);
    ledger.pictures = [{
      block: null, origin: null, chain: [], credit: null, credited: false, handout: null, why: [], pdq: null, file: "kai.jpg",
      verification: { status: "none", by: null, span: null },
      metadata: { creators: ["Kari Lie"], credit: "Havfoto", digital_source_type: "trainedAlgorithmicMedia" },
      c2pa: { status: "not_validated", manifests: [{ label: "m", generator: "Penn 2.1", signer: "Fotohuset AS" }] },
    }];
    const element = document.createElement("avstand-article");
    Object.assign(element, { ledger, ui: "nb", id: "pictures" });
    document.body.append(element);
    await element.updateComplete;
  });
  const text = await page.locator("#pictures figure.picture").innerText();
  assert.match(text, /kai\.jpg[\s\S]*Kari Lie \/ Havfoto, laget av kunstig intelligens[\s\S]*Penn 2\.1 \(Fotohuset AS\)/);
});

test("the report is painted before the element takes its place", options, async () => {
  const { page } = await read();
  const [painted, alive] = await page.evaluate(() =>
    ["first-contentful-paint", "avstand-article"].map((name) => performance.getEntriesByName(name)[0]?.startTime),
  );
  assert.ok(painted > 0 && painted < alive, `${painted} ${alive}`);
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

test("what is dropped on the page is read", options, async () => {
  const { page, problems } = await read();
  for (const [kind, words] of [["file", /Marit Kolsrud/], ["text", /Ola Ruud/]]) {
    await page.goto(`${base}read?ui=nb`);
    assert.ok(await page.locator(".drop").isVisible());
    await page.evaluate(
      ([kind, article]) => {
        const dropped = new DataTransfer();
        if (kind === "file") dropped.items.add(new File([article], "sak.txt", { type: "text/plain" }));
        else dropped.setData("text/plain", "Broen er stengt, sier Ola Ruud til NTB.");
        const event = (name) => new DragEvent(name, { dataTransfer: dropped, bubbles: true, cancelable: true });
        document.querySelector("main").dispatchEvent(event("dragover"));
        document.querySelector("main").dispatchEvent(event("drop"));
      },
      [kind, ARTICLE],
    );
    await page.locator(".live .note").first().waitFor();
    assert.match(await page.locator(".live").innerText(), words);
  }
  assert.deepEqual(problems, []);
});

test("a feed of many articles gives a list of them", options, async () => {
  const { page } = await read();
  await page.goto(`${base}read?ui=nb`);
  const items = [1, 2, 3].map(
    (n) => `<item><title>Sak nummer ${n}</title><guid>${n}</guid><description>Broen er stengt, sier ordfører Kari Bø til NTB.</description></item>`,
  );
  const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Avis</title>${items.join("")}</channel></rss>`;
  await page.setInputFiles("input[type=file]", { name: "feed.xml", mimeType: "application/xml", buffer: Buffer.from(feed) });
  await page.click("button[type=submit]");
  const entries = page.locator("nav.index a");
  assert.deepEqual(await entries.allInnerTexts(), ["Sak nummer 1", "Sak nummer 2", "Sak nummer 3"]);
  await page.setViewportSize({ width: 800, height: 400 });
  await page.locator(".live .note").first().waitFor();
  await entries.nth(2).click();
  const top = () => page.locator(".live h2").nth(2).evaluate((heading) => heading.getBoundingClientRect().top);
  for (let i = 0; i < 20 && (await top()) > 400; ++i) await page.waitForTimeout(100);
  assert.ok((await top()) < 400, "the entry does not lead to its article");
});

test("nothing that an article or a ledger says is run", options, async () => {
  const evil = `"'></script><script>window.run = 1</script><img src=x onerror="window.run = 2"><svg onload="window.run = 3">`;
  const { page, outside } = await read();
  let asked = false;
  page.on("dialog", (dialog) => ((asked = true), dialog.dismiss()));
  await page.goto(`${base}read?ui=nb`);
  const text = `${evil}\n\nKAI ${evil}: Ferja. Foto: ${evil}/NTB\n\n– Det er sant ${evil}, sier ordfører Kari ${evil} Bø til NTB.\n`;
  await page.fill("textarea", JSON.stringify({ id: evil, title: evil, outlet: evil, url: "javascript:window.run=4", text }));
  await page.click("button[type=submit]");
  await page.locator(".live .text .ref").first().click();
  for (const link of await page.locator("a[href]").all()) assert.doesNotMatch(await link.getAttribute("href"), /^javascript:/i);
  // A ledger from somebody else, each string of it poisoned.
  await page.evaluate(async (evil) => {
    const known = JSON.parse(document.querySelector("avstand-article script").textContent);
    const poison = (value) => {
      if (Array.isArray(value)) return value.map(poison);
      if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, poison(v)]));
      return typeof value === "string" && value !== known.schema ? value + evil : value;
    };
    const element = document.createElement("avstand-article");
    element.ledger = poison(known);
    document.body.append(element);
    await element.updateComplete;
  }, evil);
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => window.run), undefined);
  assert.equal(asked, false);
  assert.deepEqual(outside, []);
});

test("a newsroom embeds an article with one script and one JSON", options, async () => {
  const page = await browser.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const script = await (await fetch(`${base}static/avstand-article.js`)).text();
  const read = await (await fetch(`${base}api/read`, { method: "POST", body: ARTICLE })).json();
  const files = {
    "/": ["text/html", '<!doctype html><title>Avis</title><script type="module" src="/a.js"></script><avstand-article src="/l.json" ui="en"></avstand-article>'],
    "/a.js": ["text/javascript", script],
    "/l.json": ["application/json", JSON.stringify(read.articles[0])],
  };
  await page.route("http://avis.example/**", (route) => {
    const [contentType, body] = files[new URL(route.request().url()).pathname];
    return route.fulfill({ contentType, body });
  });
  await page.goto("http://avis.example/");
  await page.locator(".live .text .ref").first().click();
  assert.match(await page.locator(".live").innerText(), /Marit Kolsrud/);
  assert.deepEqual(asked, ["/", "/a.js", "/l.json"]);
});

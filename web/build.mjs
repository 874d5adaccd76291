// Builds data/serve/avstand-article.js and drop.js: modules that ask for nothing. They are committed, so that the program
// needs no Node; `node build.mjs --check` fails where one is not what a new build gives. The interface words come from
// data/report/.
import { build } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const reports = join(here, "..", "data", "report");
const LANGUAGES = ["nb", "nn", "en"];
const KEYS = /^(act|article\.outlet|commitment|control|correct\.(heading|by|what)|count\.(entities|findings|mentions|origins|others|own_words|statements|unverified|words)|date|distance|document|entity|evidence|file|finding|findings|graph\.(key|title)|hop|kind|language|note|origins\.heading|page\.filter|picture|quote|section|tenure|type|verification)(\.|$)/;

async function words(language) {
  const lines = (await readFile(join(reports, `${language}.tsv`), "utf8")).split("\n");
  return Object.fromEntries(
    lines.filter((line) => line && !line.startsWith("#")).map((line) => line.split("\t")).filter(([key]) => KEYS.test(key)),
  );
}

const wordsPlugin = {
  name: "words",
  setup(build) {
    build.onResolve({ filter: /^words:all$/ }, (args) => ({ path: args.path, namespace: "words" }));
    build.onLoad({ filter: /.*/, namespace: "words" }, async () => ({
      contents: JSON.stringify(Object.fromEntries(await Promise.all(LANGUAGES.map(async (l) => [l, await words(l)])))),
      loader: "json",
    }));
  },
};

// How graphs look is written once, for the reports.
const graphPlugin = {
  name: "graph",
  setup(build) {
    build.onResolve({ filter: /^css:graph$/ }, (args) => ({ path: args.path, namespace: "graph" }));
    build.onLoad({ filter: /.*/, namespace: "graph" }, async () => ({
      contents: (await readFile(join(reports, "graph.css"), "utf8")).replace(/\/\*.*?\*\/\s*/gs, ""),
      loader: "text",
    }));
  },
};

const MAX_GZIP_BYTES = 60_000;

async function bundle(name) {
  const made = await build({
    entryPoints: [join(here, "src", `${name}.ts`)],
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "inline",
    charset: "utf8",
    banner: { js: "// Avstand, Apache-2.0. Built by web/build.mjs from web/src; do not edit." },
    plugins: [wordsPlugin, graphPlugin],
  });
  const bytes = made.outputFiles[0].contents;
  if (gzipSync(bytes).length > MAX_GZIP_BYTES) throw new Error(`${name} has grown over 60 kB, packed`);
  const path = join(here, "..", "data", "serve", `${name}.js`);
  if (!process.argv.includes("--check")) {
    await writeFile(path, bytes);
  } else if (!Buffer.from(bytes).equals(await readFile(path))) {
    throw new Error(`data/serve/${name}.js is not what web/src gives: npm run build`);
  }
}

for (const name of ["avstand-article", "drop"]) await bundle(name);

// Graphs come out in the browser as in the reports: the same cases as tests/report/graph_test.cpp.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { root } from "./served.mjs";

const made = await build({ entryPoints: [join(root, "web", "src", "graph.ts")], write: false, bundle: true, format: "esm" });
const { layOut } = await import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString("base64")}`);
const cases = JSON.parse(await readFile(join(root, "tests", "report", "graphs.json"), "utf8"));

const rounded = (value) => (typeof value === "number" ? Math.round(value * 1000) / 1000 : value);
for (const { what, limit, graph, drawing } of cases)
  test(`drawn as by the reports: ${what}`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(layOut(graph, limit), (_, value) => rounded(value))), drawing);
  });

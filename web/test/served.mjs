// A server over an archive of our own texts: the examples and the invented stories of the tests.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const program = process.env.AVSTAND_PROGRAM ?? join(root, "build", "avstand");
export const TOKEN = "a-token-for-tests-only";

/** Starts `avstand serve` with more options; gives its address and a way to end it. */
export async function serve(...options) {
  const env = { ...process.env };
  delete env.AVSTAND_TOKEN;
  const server = spawn(program, ["serve", "--port", "0", "--quiet", ...options], { stdio: ["ignore", "pipe", "ignore"], env });
  const base = await new Promise((resolve, reject) => {
    server.stdout.once("data", (data) => resolve(String(data).trim()));
    server.once("exit", (code) => reject(new Error(`avstand serve ended with ${code}`)));
  });
  return { base, stop: () => server.kill() };
}

/** The same over a new archive, which takes corrections. */
export async function serveExamples() {
  const folder = mkdtempSync(join(tmpdir(), "avstand-web-"));
  const archive = join(folder, "news.db");
  const gold = join(root, "tests", "story", "gold");
  const lines = readdirSync(gold)
    .filter((name) => /^s\d+\.json$/.test(name))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(gold, name), "utf8")).articles)
    .map(({ id, outlet, published, language, title, text }) => JSON.stringify({ id, outlet, published, language, title, text }));
  writeFileSync(join(folder, "stories.jsonl"), lines.join("\n"));
  execFileSync(program, ["add", "--archive", archive, join(folder, "stories.jsonl"), join(root, "examples", "kortnytt.jsonl")], { stdio: "ignore" });
  writeFileSync(join(folder, "token"), TOKEN);
  const served = await serve("--archive", archive, "--token-file", join(folder, "token"));
  return {
    ...served,
    stop: () => {
      served.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

// Opens every page of the demo desk in Debian's Chromium and lets axe look at it, in both colour schemes and at two
// widths; checks that nothing scrolls sideways on a small phone; lives the main stories without script; and reads what
// the program prints for other programs and writes as pages.
//
//   node run.mjs --binary PATH/alongside [--screenshots FOLDER] [--only pages|stories|outputs]
//
// `cargo xtask test` calls this. The last line says how many checks passed.

import { resolve } from "node:path";
import { chromium } from "playwright-core";
import { startDemo } from "./demo.mjs";
import { readOutputs } from "./outputs.mjs";
import { lookAtEveryPage } from "./pages.mjs";
import { liveStories } from "./stories.mjs";
import { Tally } from "./tally.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const binary = option("--binary");
if (!binary) {
  console.error("node run.mjs --binary PATH [--screenshots FOLDER] [--only pages|stories|outputs]");
  process.exit(2);
}
const only = option("--only");
// A browser that hangs must not hold up everybody: the whole takes a few minutes on two cores.
setTimeout(() => {
  console.log("FAIL the browser tests took longer than ten minutes\nbrowser: 0 passed, 1 failed");
  process.exit(1);
}, 600_000).unref();
const tally = new Tally();
const demo = only === "outputs" ? undefined : await startDemo(binary);
let browser;
try {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const wanted = (part) => only === undefined || only === part;
  if (wanted("outputs")) await readOutputs(browser, resolve(binary), tally, option("--screenshots"));
  if (wanted("stories")) await liveStories(browser, demo, tally);
  if (wanted("pages")) await lookAtEveryPage(browser, demo, tally, option("--screenshots"));
} catch (problem) {
  tally.fail("the run itself", problem.stack ?? String(problem));
} finally {
  await browser?.close();
  await demo?.stop();
}
console.log(`browser: ${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);

// What the program prints for other programs is valid by its schema; the pages it writes to a file pass axe.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import addFormats from "ajv-formats";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import { lookAt } from "./pages.mjs";
import { must } from "./tally.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HOSTILE = "<script>alert(1)</script> & \"you\" 'us'";
const LETTER = `Dear user,\n\nthis is your fault, ${HOSTILE}. You clicked like an idiot. In order to keep your account, act immediately!\n`;

// Prints and pages of `check` and `quantify`.
export async function readOutputs(browser, binary, tally, screenshots) {
  const folder = mkdtempSync(join(tmpdir(), "alongside-outputs-"));
  try {
    writeFileSync(join(folder, "a letter.md"), LETTER);
    writeFileSync(join(folder, "böse <b>.md"), "You are to blame.\n");
    writeFileSync(join(folder, "old.md"), Buffer.from([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x0a]));
    const program = (...words) => run(binary, folder, words);
    const check = (format) => program("check", ".", "--kind", "reply", "--format", format);
    const scenarios = ["supplier-payment", "reporting-rate", "lost-laptop"].map((name) => join(ROOT, `examples/scenarios/${name}.toml`));

    await tally.story("SARIF holds to the published schema of SARIF 2.1.0, unread files and all", async () => {
      const log = JSON.parse(check("sarif"));
      must(log.runs[0].results.length >= 3, "the letters have findings");
      must(log.runs[0].invocations[0].toolExecutionNotifications.length === 1, "one file could not be read");
      valid(Ajv, "tests/browser/sarif-2.1.0.schema.json", log);
    });
    await tally.story("the JSON of check holds to its schema", async () => {
      const report = JSON.parse(check("json"));
      must(report.unread.length === 1, "one file could not be read");
      valid(Ajv2020, "docs/reference/check-output.schema.json", report);
    });
    await tally.story("the JSON of quantify holds to its schema, for one scenario and for several", async () => {
      for (const some of [[scenarios[0]], [scenarios[1]], scenarios]) {
        const run = JSON.parse(program("quantify", ...some, "--years", "2e4", "--format", "json"));
        valid(Ajv2020, "docs/reference/quantify.schema.json", run);
      }
    });

    const pages = [["check", check("html")]];
    for (const scenario of scenarios) pages.push([`quantify-${pages.length}`, program("quantify", scenario, "--years", "2e4", "--format", "html")]);
    pages.push(["quantify-together", program("quantify", ...scenarios, "--years", "2e4", "--format", "html")]);
    const written = pages.map(([name, page]) => {
      const path = join(folder, `${name}.html`);
      writeFileSync(path, page);
      return [name, pathToFileURL(path).href];
    });
    await lookAt(browser, written, tally, screenshots);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Findings end with 1; that is no failure here.
function run(binary, folder, words) {
  try {
    return execFileSync(binary, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 << 20 });
  } catch (ended) {
    if (ended.status === 1) return ended.stdout;
    throw ended;
  }
}

function valid(Draft, schema, value) {
  // The published schema of SARIF holds a pattern that is none when read strictly.
  const ajv = new Draft({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const holds = ajv.compile(JSON.parse(readFileSync(join(ROOT, schema), "utf8")));
  must(holds(value), ajv.errorsText(holds.errors, { separator: "\n" }));
}

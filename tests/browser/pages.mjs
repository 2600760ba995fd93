// Every page in every state the demo reaches, looked at by axe.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ADMIN, LEAD, RESPONDER, invitation, signIn } from "./demo.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCHEMES = ["light", "dark"];
const WIDTHS = [[390, 844], [1280, 900]];
// The smallest phone of WCAG 1.4.10: content reflows, nothing scrolls sideways.
const NARROWEST = 320;

const BLAMING = "Dear users,\n\nyou failed the phishing test because you were careless. Click is your fault. Act immediately or be punished!";

// Looks at every page, as everybody who may see it.
export async function lookAtEveryPage(browser, demo, tally, screenshots) {
  const robin = await signIn(browser, demo, RESPONDER);
  const dana = await signIn(browser, demo, ADMIN);
  const look = (name, session, language, pages) => visit({ browser, demo, tally, screenshots, name, session, language, pages });

  await look("anybody", undefined, "en", publicPages(demo));
  await look("jeder", undefined, "de", publicPages(demo));
  await look("responder", robin, "en", await responderPages(browser, demo, robin));
  await look("admin", dana, "en", adminPages());
  const ana = await signIn(browser, demo, LEAD);
  await look("lead", ana, "en", await leadPages(browser, demo, ana));
}

function publicPages(demo) {
  const kinds = ["message", "happened", "device", "feeling", "friction"];
  return [
    ["home", "/"],
    ["report", "/report"],
    ...kinds.map((kind) => [`report-${kind}`, `/report/${kind}`]),
    ["report-empty", "/report/message", async (page) => page.locator("main form.card button").last().click()],
    ["reporter", demo.reporterPage],
    ["sign-in", "/sign-in"],
    ["check", "/check"],
    ["rules", "/check/rules"],
    ["rule", "/check/rules/BLM03"],
    ["check-marked", "/check", async (page) => {
      await page.locator("textarea[name=text]").fill(BLAMING);
      await page.locator("main form.card button").click();
    }],
    ["check-clean", "/check", async (page) => {
      await page.locator("textarea[name=text]").fill("Thank you for telling us. We will write to you by Friday.");
      await page.locator("main form.card button").click();
    }],
    ["check-other-language", "/check", async (page) => {
      await page.locator("textarea[name=text]").fill("Bonjour, vous êtes trop lents et je ne sais pas pourquoi.");
      await page.locator("main form.card button").click();
    }],
    ["not-found", "/no-such-page"],
    ["old-link", "/r/0000000000000000000000"],
    ["not-for-you", "/admin/people"],
  ];
}

async function responderPages(browser, demo, session) {
  const context = await browser.newContext({ baseURL: demo.url, storageState: session });
  const page = await context.newPage();
  const links = async (path, start) => {
    await page.goto(path);
    const all = await page.locator(`main a[href^="${start}"]`).evaluateAll((found) => found.map((link) => link.getAttribute("href")));
    return [...new Set(all)];
  };
  const cases = [...await links("/inbox", "/cases/"), ...await links("/inbox?closed=true", "/cases/")];
  const messages = [];
  const signs = [];
  for (const one of cases) {
    messages.push(...(await links(one, "/reports/")).filter((path) => path.endsWith("/message")));
    signs.push(...(await links(one, "/cases/")).filter((path) => path.includes("/signs")));
  }
  const letters = await links("/outbox", "/outbox/");
  const survey = await invitation(page, "lena.brandt@harbour-works.example");
  await context.close();
  return [
    ["home-signed-in", "/"],
    ["inbox", "/inbox"],
    ["inbox-closed", "/inbox?closed=true"],
    ...cases.map((path, at) => [`case-${at + 1}`, path]),
    ["case-checked", cases[0], async (page) => {
      await page.locator("textarea[name=body]").fill("You were careless. You must never do this again.");
      await page.locator("button[value=check]").click();
    }],
    ["case-refused", cases[0], async (page) => {
      await page.locator("textarea[name=body]").fill("This was your fault, you careless user.");
      await page.locator("button[value=send]").click();
    }],
    ...messages.map((path, at) => [`message-${at + 1}`, path]),
    ["signs", signs[0]],
    ["signs-said", signs[0], async (page) => {
      await page.locator("select[name=work]").selectOption("8");
      await page.locator("form[aria-labelledby=fits] button").click();
    }],
    ["outcome-looked-at", cases[0], async (page) => {
      await page.locator("form[action$='/outcome'] textarea").fill("The page is blocked now. You should have looked first.");
      await page.locator("button[value=look]").click();
    }],
    ["outbox", "/outbox"],
    ["outbox-undelivered", "/outbox?undelivered=true"],
    ["letter", letters[0]],
    ["account", "/account"],
    ["numbers", "/numbers"],
    ["numbers-year", "/numbers?days=365"],
    ["not-for-a-responder", "/admin/people"],
    ["survey", survey],
  ];
}

// Estimates of loss: empty, kept, changed, asked "what if", compared, and with input that needs a hand.
async function leadPages(browser, demo, session) {
  const context = await browser.newContext({ baseURL: demo.url, storageState: session });
  const page = await context.newPage();
  await page.goto("/estimates");
  const [example] = await page.locator("main a[href*='example=']").evaluateAll((found) => found.map((link) => link.getAttribute("href")));
  await page.goto(example);
  await page.fill("#title", "What a wrong payment may cost");
  await page.fill("#note", "Ana and the payments team, from last year's three cases.");
  await page.locator("form:has(#scenario) button").first().click();
  await page.waitForURL(/\/estimates\/[0-9a-f-]+/);
  const kept = new URL(page.url()).pathname;
  await context.close();
  return [
    ["estimates", "/estimates"],
    ["estimate-fields", "/estimates/fields"],
    ["estimate-fields-wrong", "/estimates/fields", async (page) => {
      await page.fill("#often-low", "9");
      await page.fill("#often-high", "2");
      await page.locator("form:has(#often-low) button").first().click();
    }],
    ["estimate-new", "/estimates/new"],
    ["estimate-example", example],
    ["estimate-wrong", example, async (page) => {
      await page.fill("#scenario", "[event]\nper_year = -3");
      await page.locator("form:has(#scenario) button").first().click();
    }],
    ["estimate", kept],
    ["estimate-change", `${kept}/change`],
    ["estimates-compared", "/estimates/compare"],
  ];
}

function adminPages() {
  const invite = async (page) => {
    await page.fill("form[action='/admin/people/invite'] input[name=address]", "noor@harbour-works.example");
    await page.locator("form[action='/admin/people/invite'] button").click();
  };
  return [
    ["people", "/admin/people"],
    ["people-invited", "/admin/people", invite],
    ["set-up", "/admin/people", async (page) => {
      await invite(page);
      await page.goto(await page.locator("main code").innerText());
    }],
    ["looked", "/admin/looked"],
    ["jobs", "/admin/jobs"],
    ["inbox-to-set-up", "/inbox"],
  ];
}

// Looks at pages that lie in files.
export async function lookAt(browser, pages, tally, screenshots) {
  await visit({ browser, demo: { url: undefined }, tally, screenshots, name: "file", pages });
}

async function visit({ browser, demo, tally, screenshots, name, session, language, pages }) {
  const context = await browser.newContext({ baseURL: demo.url, storageState: session });
  if (demo.url) await context.addCookies([{ name: "lang", value: language, url: demo.url }]);
  context.setDefaultTimeout(20_000);
  const complaints = [];
  context.on("page", (page) => {
    page.on("pageerror", (problem) => complaints.push(`script: ${problem.message}`));
    page.on("console", (message) => {
      // A page that says 404 or 403 is logged as such by the browser; that is what those pages are for.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) complaints.push(`console: ${message.text()}`);
    });
  });
  let looks = 0;
  for (const [title, path, act] of pages) {
    const label = `${name}: ${title}`;
    // A tab of its own, in front: a tab that the browser stops drawing never lets a button be pressed again.
    const page = await context.newPage();
    try {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(path);
      await page.bringToFront();
      if (act) await act(page);
      await page.locator("main h1").first().waitFor();
      // What is folded away must hold as well as what is seen first.
      if (screenshots) await photograph(page, screenshots, `${name}-${title}`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
      for (const colorScheme of SCHEMES) {
        for (const [width, height] of WIDTHS) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.setViewportSize({ width, height });
          tally.check(`${label} (${colorScheme}, ${width} px)`, await violations(page));
          looks += 1;
        }
      }
      await page.setViewportSize({ width: NARROWEST, height: 640 });
      tally.check(`${label}: nothing scrolls sideways at ${NARROWEST} px`, await sideways(page));
      tally.check(`${label}: the browser complains about nothing`, complaints.splice(0));
    } catch (problem) {
      tally.fail(label, `${problem.stack ?? problem}\n${await drawn(page)}`);
    }
    await page.close();
  }
  await context.close();
  console.log(`ok   ${name}: ${pages.length} pages, looked at ${looks} times`);
}

// What axe finds, as sentences. It stays out of the frame that shows a reported message: nothing may run in there,
// and what it holds is not ours.
async function violations(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const found = await page.evaluate((rules) => axe.run({ runOnly: { type: "tag", values: rules }, iframes: false, resultTypes: ["violations"] }), RULES);
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id} (${rule.impact}): ${node.target.join(" ")}\n  ${node.html.slice(0, 200)}\n  ${node.failureSummary.replaceAll("\n", " ")}`));
}

// What is wider than the window, as sentences.
async function sideways(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter((part) =>
      part.getBoundingClientRect().right > root.clientWidth + 1 && !part.closest(".scroll, pre, .sr"));
    return [`the page is ${root.scrollWidth} px wide; ${wide.slice(0, 5).map((part) => part.outerHTML.slice(0, 120)).join("\n")}`];
  });
}

// Whether the browser still draws a page: without new frames no button counts as still enough to be pressed.
async function drawn(page) {
  const frame = page.evaluate(() => new Promise((came) => requestAnimationFrame(() => came("a frame comes"))));
  const late = new Promise((over) => setTimeout(() => over("no frame comes within 2 s"), 2_000));
  const visible = page.evaluate(() => document.visibilityState);
  return Promise.all([visible, Promise.race([frame, late])]).then((said) => said.join(", "), (gone) => `the page is gone: ${gone.message}`);
}

async function photograph(page, folder, name) {
  for (const colorScheme of SCHEMES) {
    for (const [width, height] of WIDTHS) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
}

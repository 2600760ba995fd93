// The main stories, from a worried person to a human outcome. First without any script, as every verb must work;
// then what script adds: live updates, marks while a letter is typed, keys.

import { fileURLToPath } from "node:url";
import { RESPONDER, invitation, signIn, signInOn } from "./demo.mjs";
import { must } from "./tally.mjs";

const MESSAGE = fileURLToPath(new URL("messages/invoice.eml", import.meta.url));
const WORRIED = "I opened the page and then stopped. Did I break something?";
const LETTER = "Hello Kim,\n\nthank you for telling us so quickly. Nothing is broken: you stopped before anything was typed. We have blocked the page for everybody.\n\nYou can go on working as usual.";
// Somebody whose case closed days ago: invitations wait a few minutes, so that they do not come with the last letter.
const INVITED = "grace.ofori@harbour-works.example";
// How long the survey's page must have been open before an answer counts as a person's.
const READING = 2_200;

export async function liveStories(browser, demo, tally) {
  const window = async (session, javaScriptEnabled) => {
    const context = await browser.newContext({ baseURL: demo.url, storageState: session, javaScriptEnabled });
    context.setDefaultTimeout(20_000);
    return context.newPage();
  };
  const kim = await window(undefined, false);
  const session = await signIn(browser, demo, RESPONDER);
  const robin = await window(session, false);
  let privatePage;
  let theCase;

  await tally.story("no script: somebody reports a message with its file and reads a verdict and a promise", async () => {
    await kim.goto("/report");
    await kim.locator("a[href='/report/message']").click();
    await kim.locator("input[name=message]").setInputFiles(MESSAGE);
    await kim.locator("textarea[name=words]").fill(WORRIED);
    await kim.locator("input[name=told][value=clicked]").check();
    await kim.locator("details:has(input[name=address]) summary").click();
    await kim.locator("input[name=address]").fill("kim.berg@harbour-works.example");
    await kim.locator("input[name=name]").fill("Kim Berg");
    await kim.locator("main form.card button").last().click();
    privatePage = new URL(kim.url()).pathname;
    must(privatePage.startsWith("/r/"), `after sending, the address is ${kim.url()}`);
    await reloadUntil(kim, "Your November salary could not be paid");
    const page = await kim.locator("main").innerText();
    must(/meant to do harm|do not fit together/.test(page), "the page shows no verdict");
    must(/by .*\d/.test(await kim.locator(".promise").first().innerText()), "the page promises no time");
  });

  await tally.story("no script: the reporter writes, adds a file and corrects what happened", async () => {
    await kim.locator("form[action$='/say'] textarea").fill("It asked for my bank card. I closed it.");
    await kim.locator("form[action$='/say'] button").click();
    await has(kim, "It asked for my bank card. I closed it.");
    await kim.locator("details:has(form[action$='/file']) summary").click();
    await kim.locator("form[action$='/file'] input[type=file]").setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("seen at nine") });
    await kim.locator("form[action$='/file'] button").click();
    await kim.locator("details:has(form[action$='/told']) summary").click();
    await kim.locator("form[action$='/told'] input[value=replied]").check();
    await kim.locator("form[action$='/told'] button").click();
    must(await kim.locator("form[action$='/told'] input[value=replied]").isChecked(), "the correction was not kept");
    must((await kim.content()).includes("note.txt"), "the file is not listed");
  });

  await tally.story("no script: a responder finds the case, takes it, writes a letter and asks for one thing", async () => {
    await robin.goto("/inbox");
    await robin.locator("a.item", { hasText: "Your November salary could not be paid" }).click();
    theCase = new URL(robin.url()).pathname;
    await has(robin, WORRIED);
    await has(robin, "It asked for my bank card. I closed it.");
    await robin.locator("form[action$='/take'] button").click();
    await has(robin, "Give back");
    await robin.locator("textarea[name=body]").fill(LETTER);
    await robin.locator("form[action$='/write'] button[value=send]").click();
    must(robin.url().includes("said=sent"), `the letter did not go: ${await problemOn(robin)}`);
    await robin.locator("details:has(form[action$='/ask']) summary").click();
    await robin.locator("form[action$='/ask'] input[name=ask]").fill("Forward the text message too, if there was one");
    await robin.locator("form[action$='/ask'] input[name=why]").fill("They sometimes come in pairs");
    await robin.locator("form[action$='/ask'] button").click();
    await kim.goto(privatePage);
    await has(kim, "Nothing is broken: you stopped before anything was typed.");
    await kim.locator("form[action*='/task/'] button[value=done]").click();
    await has(kim, "Forward the text message too");
  });

  await tally.story("no script: a letter that hurts comes back with its marks and does not leave", async () => {
    await robin.goto(theCase);
    await robin.locator("textarea[name=body]").fill("This was your fault, you careless user.");
    await robin.locator("form[action$='/write'] button[value=send]").click();
    must((await robin.locator(".marked mark").count()) > 0, "nothing is marked");
    must((await robin.locator("textarea[name=body]").inputValue()).includes("your fault"), "the typed words are lost");
    await kim.goto(privatePage);
    must(!(await kim.content()).includes("careless user"), "the letter left");
  });

  await tally.story("no script: the outcome is told, the case closes, and the reporter reads how it ended", async () => {
    await robin.goto(theCase);
    await robin.locator("select[name=outcome]").selectOption("harmful-stopped");
    await robin.locator("form[action$='/outcome'] textarea[name=words]").fill("The page is blocked, and the bank knows.");
    await robin.locator("form[action$='/outcome'] button[value=look]").click();
    must((await robin.locator("main").innerText()).includes("Nothing is sent yet."), "the letters cannot be looked at first");
    await robin.locator("form[action$='/outcome'] button[value=tell]").click();
    must(robin.url().includes("said="), `the outcome was not told: ${await problemOn(robin)}`);
    await robin.locator("form[action$='/close'] button").click();
    must(new URL(robin.url()).pathname === "/inbox", `the case did not close: ${await problemOn(robin)}`);
    await kim.goto(privatePage);
    await has(kim, "The page is blocked, and the bank knows.");
  });

  await tally.story("no script: three questions are answered by a person, and only once", async () => {
    const survey = await invitation(robin, INVITED);
    await kim.goto(survey);
    for (const question of ["respected", "know_what_to_do", "would_report_again"]) await kim.locator(`input[name=${question}][value='5']`).check({ force: true });
    await kim.waitForTimeout(READING);
    await kim.locator("main form.card button").click();
    must((await kim.locator("input[type=radio]").count()) === 0, "the answers were not taken");
    await kim.goto(survey);
    must((await kim.locator("input[type=radio]").count()) === 0, "the invitation can be used again");
  });

  await tally.story("no script: the language can be changed and stays", async () => {
    await kim.goto("/report");
    await kim.locator("form[action='/language/de'] button").click();
    must((await kim.locator("html").getAttribute("lang")) === "de", "the page is not German");
    await kim.goto("/");
    must((await kim.locator("html").getAttribute("lang")) === "de", "the choice is forgotten");
    await kim.goto("/report/happened");
    must((await kim.locator("[hidden]:visible").count()) === 0, "what is hidden is shown");
    await kim.locator("textarea[name=words]").fill("I paid them");
    await kim.locator("button[name=language]").click();
    must((await kim.locator("html").getAttribute("lang")) === "en", "the form is not English");
    must((await kim.locator("textarea[name=words]").inputValue()) === "I paid them", "what was typed is gone");
  });

  await tally.story("script: what a reporter writes appears on the responder's open page by itself", async () => {
    const [reporter, responder] = [await window(undefined, true), await window(session, true)];
    await openCaseOf(responder, "Noor Haddad");
    await reporter.goto(demo.reporterPage);
    await reporter.locator("form[action$='/say'] textarea").fill("I am at my desk now.");
    await reporter.locator("form[action$='/say'] button").click();
    await responder.locator("text=I am at my desk now.").first().waitFor();
    await Promise.all([reporter.context().close(), responder.context().close()]);
  });

  await tally.story("script: a report that was read before the page could listen shows its promise without a reload", async () => {
    const reporter = await window(undefined, true);
    await reporter.route(/\/live$/, async (route) => {
      await new Promise((next) => setTimeout(next, 1_500));
      await route.continue().catch(() => {});
    });
    await reporter.goto("/report/message");
    await reporter.locator("textarea[name=words]").fill("Our printer asks for my password.");
    await reporter.locator("main form.card button").last().click();
    await reporter.locator("[data-part=stand]", { hasText: "You hear from us by" }).waitFor();
    await reporter.context().close();
  });

  await tally.story("script: the inbox catches up after a lost connection", async () => {
    const [reporter, responder] = [await window(undefined, false), await window(session, true)];
    // While this holds, the stream cannot be opened: what happens meanwhile is not heard.
    await responder.route("**/live/inbox", (route) => route.abort("internetdisconnected"));
    await responder.goto("/inbox");
    const rows = await responder.locator("a.item").count();
    await reporter.goto("/report/feeling");
    await reporter.locator("textarea[name=words]").fill("Somebody followed me through the side door.");
    await reporter.locator("main form.card button").last().click();
    await responder.locator("#not-live").waitFor();
    await responder.unroute("**/live/inbox");
    await responder.waitForFunction((rows) => document.querySelectorAll("a.item").length > rows, rows, { timeout: 50_000 });
    await responder.locator("#not-live").waitFor({ state: "hidden" });
    await Promise.all([reporter.context().close(), responder.context().close()]);
  });

  await tally.story("script: a page that nobody sees reads nothing, and catches up once when it is seen again", async () => {
    const [reporter, responder] = [await window(undefined, false), await window(session, true)];
    await responder.addInitScript(() => {
      window.unseen = false;
      Object.defineProperty(document, "hidden", { get: () => window.unseen });
      window.turn = (unseen) => { window.unseen = unseen; document.dispatchEvent(new Event("visibilitychange")); };
    });
    const reads = [];
    responder.on("request", (request) => { if (request.headers()["x-live"]) reads.push(request.url()); });
    await responder.goto("/inbox");
    await responder.waitForTimeout(800);
    await responder.evaluate(() => window.turn(true));
    const rows = await responder.locator("a.item").count();
    const before = reads.length;
    await reporter.goto("/report/feeling");
    await reporter.locator("textarea[name=words]").fill("Somebody stands at the gate each morning.");
    await reporter.locator("main form.card button").last().click();
    await responder.waitForTimeout(1500);
    must(reads.length === before, `a page that nobody sees read ${reads.slice(before)}`);
    await responder.evaluate(() => window.turn(false));
    await responder.waitForFunction((rows) => document.querySelectorAll("a.item").length > rows, rows);
    await Promise.all([reporter.context().close(), responder.context().close()]);
  });

  await tally.story("script: a letter is marked while it is typed", async () => {
    const responder = await window(session, true);
    await openCaseOf(responder, "Noor Haddad");
    const send = responder.locator("form[action$='/write'] button[value=send]");
    const place = () => send.evaluate((button) => button.getBoundingClientRect().top + scrollY);
    const before = await place();
    await responder.locator("textarea[name=body]").fill("");
    await responder.locator("textarea[name=body]").pressSequentially("Hello Noor,");
    await responder.waitForTimeout(1_200);
    must((await responder.locator("#marks .note").count()) === 0, "a greeting is told what it lacks");
    await responder.locator("textarea[name=body]").pressSequentially(" You were careless.");
    await responder.locator("#marks mark").first().waitFor();
    must((await responder.locator("#marks-count").innerText()).includes("on your words"), "nobody hears that there are notes");
    must(Math.abs((await place()) - before) < 4, "the button to send moved away");
    await responder.context().close();
  });

  await tally.story("a small phone: the answer of the check, and why words were not taken, are on the screen", async () => {
    const page = await window(undefined, false);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto("/check");
    await page.locator("textarea[name=text]").fill("You were careless. Act immediately or be punished!");
    await page.locator("main form.card button").click();
    const onScreen = async (what) => {
      const box = await page.locator(what).first().boundingBox();
      must(box && box.y >= 0 && box.y + 40 < 740, `${what} stands at ${box?.y} of 740`);
    };
    await onScreen("#found");
    await page.goto(demo.reporterPage);
    await page.locator("form[action$='/say'] textarea").fill("   ");
    await page.locator("form[action$='/say'] button").click();
    await onScreen("#problem");
    await page.context().close();
  });

  await tally.story("script: a page from before a new sign-in keeps what is typed, and its forms still work", async () => {
    const responder = await window(session, true);
    await openCaseOf(responder, "Noor Haddad");
    const second = await responder.context().newPage();
    await signInOn(second, RESPONDER);
    const kept = responder.waitForResponse((answer) => answer.url().endsWith("/draft") && answer.status() === 204);
    await responder.locator("textarea[name=body]").pressSequentially("Thank you, Noor.");
    await kept;
    must(await responder.locator("#not-kept").isHidden(), "the page says that nothing is kept");
    await responder.locator("form[action$='/write'] button[value=keep]").click();
    must(responder.url().includes("said=draft-kept"), `the form was refused: ${await problemOn(responder)}`);
    await responder.context().close();
  });

  await tally.story("keyboard: a new report appears while a case has the focus, and the focus stays on that case", async () => {
    const [reporter, responder] = [await window(undefined, false), await window(session, true)];
    await responder.goto("/inbox");
    await responder.locator("#content").focus();
    for (const key of ["j", "j"]) await responder.keyboard.press(key);
    const focused = () => responder.evaluate(() => document.activeElement.getAttribute("href"));
    const before = await focused();
    const rows = await responder.locator("a.item").count();
    await reporter.goto("/report/message");
    await reporter.locator("textarea[name=words]").fill("The parking app wanted my card again, and I paid.");
    await reporter.locator("input[name=told][value=paid]").check();
    await reporter.locator("main form.card button").last().click();
    await responder.waitForFunction((rows) => document.querySelectorAll("a.item").length > rows, rows);
    must(before && (await focused()) === before, `the focus went from ${before} to ${await focused()}`);
    await Promise.all([reporter.context().close(), responder.context().close()]);
  });

  await tally.story("keyboard: the skip link comes first, j and k walk through the inbox, Enter opens, and no letter leaves a page", async () => {
    const responder = await window(session, true);
    await responder.goto("/inbox");
    await responder.keyboard.press("Tab");
    must((await responder.evaluate(() => document.activeElement.className)) === "skip", "the skip link is not first");
    await responder.keyboard.press("Enter");
    must((await responder.evaluate(() => document.activeElement.id)) === "content", "the skip link leads nowhere");
    for (const key of ["j", "j", "k"]) await responder.keyboard.press(key);
    await responder.keyboard.press("?");
    must(await responder.locator("#keys").evaluate((keys) => keys.open), "the question mark does not list the keys");
    const first = await responder.evaluate(() => document.activeElement === document.querySelector("[data-item]"));
    must(first, "j, j, k does not end on the first case");
    await responder.keyboard.press("Enter");
    await responder.waitForURL("**/cases/**");
    const here = responder.url();
    await responder.locator("form[action$='/outcome'] textarea").fill("The page is blocked.");
    await responder.locator("form[action$='/outcome'] button").focus();
    for (const key of ["i", "r", "j"]) await responder.keyboard.press(key);
    await responder.waitForTimeout(300);
    must(responder.url() === here, `a single letter left the page for ${responder.url()}`);
    must(await responder.evaluate(() => document.activeElement.matches("form[action$='/outcome'] button")), "a single letter moved the focus");
    await responder.context().close();
  });

  await Promise.all([kim.context().close(), robin.context().close()]);
}

// Reloads, as a person without script would, until the page holds `text`.
async function reloadUntil(page, text) {
  const until = Date.now() + 20_000;
  while (!(await page.locator("main").innerText()).includes(text)) {
    must(Date.now() < until, `“${text}” never appeared on ${page.url()}`);
    await page.waitForTimeout(150);
    await page.reload();
  }
}

async function has(page, text) {
  must((await page.locator("main").textContent()).includes(text), `“${text}” is not on ${page.url()}`);
}

async function problemOn(page) {
  const problems = await page.locator(".problem, .marked, .note, main h1").allInnerTexts();
  return problems.join(" | ");
}

async function openCaseOf(page, name) {
  await page.goto("/inbox");
  const cases = await page.locator("a.item").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const path of cases) {
    await page.goto(path);
    if ((await page.locator(".people").innerText()).includes(name)) return;
  }
  throw new Error(`no open case of ${name}`);
}

// The built program as `alongside demo` on free ports, and who lives in it.

import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PASSWORD = "three quiet boats";
export const RESPONDER = "robin@harbour-works.example";
export const ADMIN = "dana@harbour-works.example";
export const LEAD = "ana@harbour-works.example";

function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

// Starts a demo and waits until it answers.
export async function startDemo(binary) {
  const folder = await mkdtemp(join(tmpdir(), "alongside-browser-"));
  const [web, smtp] = [await freePort(), await freePort()];
  const settings = join(folder, "alongside.toml");
  await writeFile(settings, `[web]\nlisten = "127.0.0.1:${web}"\n\n[smtp]\nlisten = "127.0.0.1:${smtp}"\n`);
  const running = spawn(binary, ["--config", settings, "demo"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let complaints = "";
  running.stdout.on("data", (bytes) => { said += bytes; });
  running.stderr.on("data", (bytes) => { complaints = (complaints + bytes).slice(-4000); });
  const ended = new Promise((done) => running.once("exit", done));
  const url = `http://127.0.0.1:${web}`;
  const demo = {
    url,
    // The private page that the demo prints: somebody in distress.
    get reporterPage() {
      return new URL(said.match(/http\S+\/r\/\S+/)[0]).pathname;
    },
    async stop() {
      running.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
  const until = Date.now() + 60_000;
  for (;;) {
    const ready = await fetch(`${url}/ready`).then((answer) => answer.ok, () => false);
    if (ready && said.includes("/r/")) return demo;
    if (running.exitCode !== null || Date.now() > until) {
      await demo.stop();
      throw new Error(`the demo did not start:\n${said}\n${complaints}`);
    }
    await new Promise((next) => setTimeout(next, 100));
  }
}

// Signs in by the form and gives the session, for as many windows as needed.
export async function signIn(browser, demo, address) {
  const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled: false });
  await signInOn(await context.newPage(), address);
  const session = await context.storageState();
  await context.close();
  return session;
}

// The same in a window that is open already.
export async function signInOn(page, address) {
  await page.goto("/sign-in");
  await page.locator("input[name=address]").fill(address);
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.locator("main form button").click();
  if (!new URL(page.url()).pathname.startsWith("/inbox")) throw new Error(`${address} could not sign in: ${page.url()}`);
}

// The link in the letter that invited somebody to three questions, as the outbox shows it to a responder.
export async function invitation(page, address) {
  await page.goto("/outbox");
  const letters = page.locator("li.letter", { hasText: address }).locator("a[href^='/outbox/']");
  for (const path of await letters.evaluateAll((found) => found.map((one) => one.getAttribute("href")))) {
    await page.goto(path);
    const link = (await page.locator("article").textContent()).match(/\/thanks\/[A-Za-z0-9_-]+/);
    if (link) return link[0];
  }
  throw new Error(`the outbox holds no invitation to ${address}`);
}

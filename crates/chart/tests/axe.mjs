// Opens pages with charts in a browser, light, dark and at phone width, with every table unfolded, and fails if axe finds
// anything, if the page must be scrolled sideways, or if its print is longer than two pages.
//   npm install axe-core playwright-core       (once, anywhere; run from there)
//   node …/crates/chart/tests/axe.mjs page.html…
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const here = createRequire(resolve('package.json'));
const { chromium } = here('playwright-core');
const axe = readFileSync(here.resolve('axe-core/axe.min.js'), 'utf8');
const files = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let wrong = 0;
const say = (fine, words) => { console.log(fine ? 'ok   ' : 'WRONG', words); if (!fine) wrong += 1; };
for (const file of files) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 }, colorScheme });
    await page.goto('file://' + resolve(file));
    await page.evaluate(() => document.querySelectorAll('details').forEach(one => { one.open = true; }));
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run());
    say(violations.length === 0, `${file} ${colorScheme}: axe ${violations.map(one => one.id).join(' ')}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    say(width <= 360, `${file} ${colorScheme}: ${width} wide on a phone of 360`);
    await page.close();
  }
  const page = await browser.newPage();
  await page.goto('file://' + resolve(file));
  const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
  const pages = (pdf.match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  say(pages <= 2, `${file}: prints on ${pages}`);
  await page.close();
}
await browser.close();
process.exit(wrong ? 1 : 0);

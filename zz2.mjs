import chromium from '@sparticuz/chromium';
import { chromium as pw } from 'playwright-core';
import { readFileSync, mkdirSync } from 'node:fs';
mkdirSync('/tmp/p', { recursive: true });
const log = readFileSync('/tmp/lead-demo.log', 'utf8');
const link = (who) => new RegExp(`^${who}\\s+(http\\S+/aanmelden/\\S+)`, 'm').exec(log)[1];
const b = await pw.launch({ executablePath: await chromium.executablePath(), args: chromium.args.filter(a => a !== '--single-process') });
const [,, who, ...rest] = process.argv;
const state = {};
const c0 = await b.newContext(); const p0 = await c0.newPage();
await p0.goto(link(who)); await p0.click('main button'); await p0.waitForLoadState();
const storage = await c0.storageState();
import { writeFileSync } from 'node:fs'; writeFileSync(`/tmp/p/${who}.json`, JSON.stringify(storage));
console.log(who, p0.url());
const sizes = [[1366, 768, 'light'], [390, 844, 'dark'], [820, 1180, 'light']];
for (const [w, h, scheme] of sizes) {
  const c = await b.newContext({ viewport: { width: w, height: h }, colorScheme: scheme, storageState: storage });
  const p = await c.newPage();
  for (const path of rest) { await p.goto('http://localhost:3900' + path); await p.screenshot({ path: `/tmp/p/${who}${path.replace(/\W+/g,'_').slice(0,40)}-${w}${scheme[0]}.png`, fullPage: w !== 1366 ? false : true }); const m = await p.evaluate('[document.documentElement.scrollWidth, document.documentElement.scrollHeight]'); console.log(path, w, m.join('x')); }
  await c.close();
}
await b.close();

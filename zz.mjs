import chromium from '@sparticuz/chromium';
import { chromium as pw } from 'playwright-core';
const [,, base, ...paths] = process.argv;
const b = await pw.launch({ executablePath: await chromium.executablePath(), args: chromium.args.filter(a => a !== '--single-process') });
for (const [w, scheme] of [[1366,'light'],[390,'dark']]) {
  const c = await b.newContext({ viewport: { width: w, height: 900 }, colorScheme: scheme });
  const p = await c.newPage();
  for (const path of paths) { await p.goto(base + path); await p.screenshot({ path: `/tmp/shots/${path.replace(/\W+/g,'_')}-${w}.png` }); console.log(path, w, await p.evaluate('[document.documentElement.scrollWidth, document.documentElement.scrollHeight]')); }
  await c.close();
}
await b.close();

import { launch, linkOf } from './zz.mjs';
import { readFileSync, existsSync } from 'node:fs';
const B='http://localhost:3930';
const b=await launch(); const ctx=await b.newContext({viewport:{width:1366,height:768},storageState:'/tmp/mails-state-wethouder.json'}); const page=await ctx.newPage();
const show=async(p)=>{ await page.goto(B+p); console.log('=====',p, await page.title()); console.log(await page.innerText('main')); };
await page.goto(B+'/'); const links=await page.$$eval('main a',as=>as.map(a=>a.getAttribute('href')));
const d=links.find(l=>l.startsWith('/besluiten')), o=links.find(l=>l.startsWith('/opgaven/'));
await show(o); await show(d);
if(process.argv[2]==='answer'){ await page.fill('textarea[name=decision]','De drempels komen er voor de zomer.'); await page.fill('input[name=date]','2027-05-01'); await page.click('main form button[type=submit]'); await page.waitForLoadState(); console.log('AFTER', page.url(), await page.innerText('main')); await show(d).catch(e=>console.log(e)); await show('/'); await show(o); await show('/acties'); await show('/zoeken?q=drempels');}
await b.close();

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { inflateRawSync, inflateSync } from 'node:zlib';
import { Delivery } from '../../src/mail/delivery.service.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { Mailbox } from '../support/mailbox.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';

const PDF = 'application/pdf';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

onBothDatabases((kind) => {
  let t: TestApp;
  let b: Boskoop;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await Mailbox.start();
    t = await startApp(kind, {
      today: '2026-06-02',
      environment: { SMTP_URL: mailbox.url, PUBLIC_URL: 'https://wijkagenda.example' },
    });
    b = await boskoop(t);
    await bring(t, b.session.id, 'closed');
    await send(t, b);
  });
  afterAll(() => mailbox.stop());

  const get = (token: string, accept: string, path = '') =>
    t.api
      .get(`/v1/sessions/${b.session.id}/minutes${path}`)
      .set('Authorization', token)
      .set('Accept', accept)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });

  const mailTo = (address: string) => {
    const mails = mailbox.to(address);
    expect(mails).toHaveLength(1);
    return mails[0].mail;
  };

  it('gives the minutes as a tagged PDF in Dutch, under a name that says what it is', async () => {
    const { headers, body } = await get(b.signedIn.welfare, PDF).expect(200);
    expect(headers['content-type']).toBe(PDF);
    expect(headers['content-disposition']).toBe('attachment; filename="verslag-boskoop-2026-06-02.pdf"');
    const text = (body as Buffer).toString('latin1');
    expect(text.slice(0, 8)).toBe('%PDF-1.7');
    expect(text).toMatch(/\/Lang \(nl-NL\)/);
    expect(text).toMatch(/\/Marked true/);
    expect(text).toMatch(/\/DisplayDocTitle true/);
  });

  it('gives the minutes as a Word document with what each reader may know', async () => {
    const { headers, body } = await get(b.signedIn.welfare, DOCX).expect(200);
    expect(headers['content-type']).toBe(DOCX);
    expect(headers['content-disposition']).toContain('verslag-boskoop-2026-06-02.docx');
    const welfare = textOfDocx(body as Buffer);
    expect(welfare).toContain('De verlichting bij de skatebaan blijft tot 23 uur aan.');
    expect(welfare).toContain(`Actie ${b.surveillance.number}: `);
    expect(welfare).toContain('wijkagent Boskoop (');
    expect(welfare).toContain('Afwezig m.k.');
    expect(welfare).toContain('Dinsdag 30 juni 2026');
    expect(welfare).toContain('nog niet vastgesteld');
    expect(welfare).not.toMatch(/groene deur|V1|vertrouwelijk|zonder bericht/);
    expect(textOfDocx((await get(b.signedIn.police, DOCX).expect(200)).body as Buffer)).toContain('groene deur');
  });

  it('keeps confidential text out of the PDF of who may not know it', async () => {
    const lengthOf = async (token: string) =>
      streamsOf((await get(token, PDF).expect(200)).body as Buffer).join().length;
    expect(await lengthOf(b.signedIn.welfare)).toBeLessThan(await lengthOf(b.signedIn.police));
  });

  it('gives an older version as a document too, and refuses other types and unknown versions', async () => {
    await get(b.signedIn.welfare, PDF, '/versions/1').expect(200);
    await get(b.signedIn.welfare, PDF, '/versions/7').expect(404);
    await get(b.signedIn.welfare, 'application/msword').expect(406);
  });

  it('attaches the open text as PDF to the mail, also for a party of the confidential item', async () => {
    await t.app.get(Delivery).deliverDue();
    const [attachment] = mailTo(b.wijkagent.email!).attachments;
    expect([attachment.filename, attachment.contentType]).toEqual(['verslag-boskoop-2026-06-02.pdf', PDF]);
    const open = streamsOf((await get(b.signedIn.welfare, PDF)).body as Buffer).join().length;
    expect(streamsOf(attachment.content).join().length).toBe(open);
  });

  it('lets the owner answer the new action at the link in the mail, and no confidential one', async () => {
    const mail = mailTo(b.wijkagent.email!);
    const links = [...mail.text!.matchAll(/https:\/\/wijkagenda\.example(\/antwoord\/[\w-]+)#(\S+)/g)];
    expect(links.map(([, , number]) => number)).toEqual([b.surveillance.number]);
    const landed = await t.api.get(links[0][1]);
    expect([200, 302, 303]).toContain(landed.status);
    expect(mailTo(b.consulent.email!).text).not.toContain('/antwoord/');
  });
});

/** The decompressed streams of a PDF. */
function streamsOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/(<<[^]*?>>)\s*stream\n/g)].flatMap((match) => {
    if (!match[1].includes('FlateDecode') || match[1].includes('Length1')) return [];
    const start = match.index + match[0].length;
    const stream = pdf.subarray(start, text.indexOf('\nendstream', start));
    const content = inflateSync(stream).toString('latin1');
    return content.includes(' Tf') ? [content] : [];
  });
}

/** The text of word/document.xml, out of the zip. */
function textOfDocx(docx: Buffer): string {
  for (let at = docx.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = docx.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const name = docx.subarray(at + 46, at + 46 + docx.readUInt16LE(at + 28)).toString();
    if (name !== 'word/document.xml') continue;
    const local = docx.readUInt32LE(at + 42);
    const start = local + 30 + docx.readUInt16LE(local + 26) + docx.readUInt16LE(local + 28);
    const xml = inflateRawSync(docx.subarray(start, start + docx.readUInt32LE(at + 20))).toString();
    return xml.replaceAll(/<[^>]+>/g, '');
  }
  throw new Error('There is no word/document.xml in it.');
}

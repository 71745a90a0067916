import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Delivery } from '../../src/platform/mail/delivery.service.js';
import { toDocument } from '../../src/minutes/documents/minutes-document.rules.js';
import { minutesPdf } from '../../src/minutes/documents/minutes-pdf.js';
import { onBothDatabases, startApp, type TestApp } from '../support/app.js';
import { textOfDocx } from '../support/docx.js';
import { Mailbox } from '../support/mailbox.js';
import { boskoop, type Boskoop, bring, send } from '../support/minutes.js';
import type { MinutesView } from '../../src/minutes/minutes.dto.js';
import { Visitor } from '../support/visitor.js';
import { elementsOf, readPdf, wholeText } from '../support/pdf.mjs';

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
      environment: {
        MUNICIPALITY: 'Gemeente Alphen aan den Rijn',
        SMTP_URL: mailbox.url,
        PUBLIC_URL: 'https://wijkagenda.example',
        ZAAK_LINK: 'Z-* https://zaken.example/{reference}',
      },
    });
    b = await boskoop(t);
    const lamps = t.api
      .patch(`/v1/actions/${b.lamps.id}`)
      .set('Authorization', b.signedIn.chair)
      .set('If-Match', '"1"');
    await lamps.send({ reference: 'Z-2026-123' }).expect(200);
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
    expect(text).toMatch(/\/DisplayDocTitle true/);
    expect(readPdf(body as Buffer)).toMatchObject({
      title: 'Verslag Professionaloverleg Boskoop, dinsdag 2 juni 2026',
      language: 'nl-NL',
      isMarked: true,
      unmarked: '',
    });
    expect(wholeText(readPdf(body as Buffer).root)).toContain('Gemeente Alphen aan den Rijn');
  });

  it('leaves no page of a few lines at the end of a PDF', async () => {
    const { body } = await get(b.signedIn.welfare, 'application/json').expect(200);
    const document = toDocument(JSON.parse((body as Buffer).toString()));
    for (let lines = 14; kind === 'sqlite' && lines < 24; lines += 1) {
      const notes = 'Een alinea van het verslag.\n\n'.repeat(lines);
      const items = document.items.map((item, index) => (index === 0 ? { ...item, notes } : item));
      const { pages, lastPage } = readPdf(await minutesPdf({ ...document, items }));
      const isBare = pages > 1 && lastPage.length <= 4;
      expect({ lines, isBare }).toEqual({ lines, isBare: false });
    }
  });

  it('gives the PDF headings, lists and tables that can be read aloud in the right order', async () => {
    const { root, artifacts } = readPdf((await get(b.signedIn.welfare, PDF).expect(200)).body as Buffer);
    const headings = elementsOf(root, 'H1', 'H2', 'H3').map((one) => `${one.type} ${wholeText(one)}`);
    expect(headings[0]).toBe('H1 Verslag Professionaloverleg Boskoop');
    expect(headings.filter((one) => one.startsWith('H2'))).toEqual([
      'H2 Agendapunten',
      'H2 Besluiten',
      'H2 Actielijst',
      'H2 Volgende vergadering',
    ]);
    expect(headings.some((one) => /^H3 \d+\. /.test(one))).toBe(true);
    const [facts, actions] = elementsOf(root, 'Table');
    expect(elementsOf(actions, 'TD').map(wholeText)).toContain('vr 3 jul 2026');
    expect(elementsOf(facts, 'TH').map(wholeText)).toContain('Aanwezig');
    expect(elementsOf(actions, 'TH').map((one) => [one.scope, wholeText(one)])).toEqual([
      ['Column', 'Nr.'],
      ['Column', 'Wat'],
      ['Column', 'Wie'],
      ['Column', 'Wanneer'],
      ...[b.surveillance.number, b.lamps.number].map((number) => ['Row', number]),
    ]);
    expect(artifacts).toContain('pagina 1 van');
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
    expect(welfare).not.toMatch(/groene deur|\bV1\b|vertrouwelijk|zonder bericht/);
    expect(textOfDocx((await get(b.signedIn.police, DOCX).expect(200)).body as Buffer)).toContain('groene deur');
  });

  it('names the zaak of an action everywhere, as a link where one can be followed', async () => {
    const link = { reference: 'Z-2026-123', referenceUrl: 'https://zaken.example/Z-2026-123' };
    const { body } = await t.api.get(`/v1/actions/${b.lamps.id}`).set('Authorization', b.signedIn.chair).expect(200);
    expect(body).toMatchObject(link);
    const { actions, items } = JSON.parse(
      String((await get(b.signedIn.welfare, 'application/json')).body),
    ) as MinutesView;
    const recorded = [...actions, ...items.flatMap((item) => item.actions)];
    expect(recorded.filter(({ reference }) => reference !== null)).toMatchObject([link, link]);
    expect(wholeText(readPdf((await get(b.signedIn.welfare, PDF)).body as Buffer).root)).toContain(
      '(kenmerk Z-2026-123)',
    );
    expect(textOfDocx((await get(b.signedIn.welfare, DOCX)).body as Buffer)).toContain('(kenmerk Z-2026-123)');
    const anchor = '<a href="https://zaken.example/Z-2026-123">Z-2026-123</a>';
    const visitor = new Visitor(t, (await t.make.cookie(b.chair.id)).replace('wijkagenda=', '__Host-wijkagenda='));
    for (const path of [`/acties/${b.lamps.id}`, `/verslagen/${b.session.id}`])
      expect([path, await visitor.see(path)]).toEqual([path, expect.stringContaining(anchor)]);
  });

  it('keeps confidential text out of the PDF of anyone who may not know it', async () => {
    const textFor = async (token: string) =>
      wholeText(readPdf((await get(token, PDF).expect(200)).body as Buffer).root);
    expect(await textFor(b.signedIn.police)).toMatch(/V1\..*groene deur/s);
    expect(await textFor(b.signedIn.welfare)).not.toMatch(/groene deur|\bV1\b|vertrouwelijk/);
  });

  it('makes the same PDF again, to the byte', async () => {
    const [one, other] = [await get(b.signedIn.welfare, PDF), await get(b.signedIn.welfare, PDF)];
    expect((one.body as Buffer).equals(other.body as Buffer)).toBe(true);
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
    const open = readPdf((await get(b.signedIn.welfare, PDF)).body as Buffer);
    expect(wholeText(readPdf(attachment.content).root)).toBe(wholeText(open.root));
  });

  it('lets the owner answer the new action at the link in the mail, and no confidential one', async () => {
    const mail = mailTo(b.wijkagent.email!);
    const links = [...mail.text!.matchAll(/https:\/\/wijkagenda\.example(\/antwoord\/[\w-]+)\?actie=(\S+)#\2/g)];
    expect(links.map(([, , number]) => number)).toEqual([b.surveillance.number]);
    const landed = await t.api.get(links[0][1]);
    expect([landed.status, landed.headers.location]).toEqual([303, expect.stringMatching(/^\/antwoord\/[\w-]+/)]);
    expect(mailTo(b.consulent.email!).text).not.toContain('/antwoord/');
  });
});

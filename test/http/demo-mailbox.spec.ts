import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { Clock } from '../../src/platform/common/clock.js';
import { post } from '../../src/integrations/webhook-request.js';
import { Mailbox } from '../../src/demo/mailbox.js';
import { Renderer } from '../../src/platform/rendering/renderer.js';

const renderer = new Renderer();

describe('the demo mailbox', () => {
  let mailbox: Mailbox;
  const get = async (path: string) => {
    const response = await fetch(`${mailbox.pageUrl}${path}`);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const send = (fields: object) => {
    const transport = createTransport(mailbox.smtpUrl);
    return transport.sendMail({ from: 'wijkagenda@gemeente.example', to: 'wijkagent@politie.example', ...fields });
  };

  beforeEach(async () => {
    mailbox = await Mailbox.start(new Clock('2026-06-01T08:00:00+02:00'), renderer, 43_100);
  });
  afterEach(() => mailbox.stop());

  it('says so when no mail came yet', async () => {
    expect((await get('/')).text).toContain('Er zijn nog geen mails');
  });

  it('lists the mails that came in over SMTP, newest first', async () => {
    await send({ subject: 'Eerste', text: 'een' });
    await send({ subject: 'Tweede', text: 'twee' });
    const { text } = await get('/');
    expect(text).toContain('2 mails');
    expect(text.indexOf('Tweede')).toBeLessThan(text.indexOf('Eerste'));
    expect(text).toContain('01-06-2026 08:00');
  });

  it('shows one mail as text with links to follow, and its headers', async () => {
    await send({
      subject: 'Acties',
      text: 'Antwoord op http://localhost:3000/m/abc graag.',
      headers: { 'X-Week': '23' },
    });
    const { text } = await get('/mails/1');
    expect(text).toContain('<a href="http://localhost:3000/m/abc">');
    expect(text).toContain('X-Week: 23');
  });

  it('shows the HTML of a mail without letting it run anything', async () => {
    await send({ subject: 'Opgemaakt', text: 'x', html: '<p>Beste</p><script>alert(1)</script>' });
    expect((await get('/mails/1')).text).toMatch(/<iframe src="\/mails\/1\/html"[^>]*sandbox="allow-popups[^"]*"/);
    const { headers, text } = await get('/mails/1/html');
    expect(text).toContain('<p>Beste</p>');
    expect(headers.get('content-security-policy')).toMatch(/^sandbox allow-popups/);
    expect(headers.get('content-security-policy')).not.toContain('allow-scripts');
  });

  it('escapes what a mail says about itself', async () => {
    await send({ subject: '<img src=x onerror=alert(1)>', text: '<b>vet</b>' });
    for (const path of ['/', '/mails/1']) expect((await get(path)).text).not.toContain('<img src=x');
    expect((await get('/mails/1')).text).toContain('&lt;b&gt;vet&lt;/b&gt;');
  });

  it('hands out attachments under a plain name', async () => {
    await send({ subject: 'Bijlage', text: 'x', attachments: [{ filename: 'ver"slag.txt', content: 'inhoud' }] });
    const { headers, text } = await get('/mails/1/attachments/0');
    expect(headers.get('content-disposition')).toBe('attachment; filename="ver-slag.txt"');
    expect(text).toBe('inhoud');
  });

  it('gives all mails as JSON to whoever tests with the demo', async () => {
    await send({ subject: 'Acties', text: 'tekst', html: '<p>tekst</p>' });
    const [mail] = JSON.parse((await get('/mails.json')).text);
    expect(mail).toMatchObject({ to: ['wijkagent@politie.example'], subject: 'Acties', html: '<p>tekst</p>' });
  });

  it('answers 404 for a mail that is not there', async () => {
    for (const path of ['/mails/9', '/mails/x', '/mails/1/html', '/x']) expect((await get(path)).status).toBe(404);
  });

  it('takes the next port when the one it likes is in use', async () => {
    const other = await Mailbox.start(new Clock(), renderer, Number(new URL(mailbox.pageUrl).port));
    expect(other.pageUrl).not.toBe(mailbox.pageUrl);
    await other.stop();
  });

  it('takes events for another system too, and shows them', async () => {
    const limits = { isPrivateAllowed: true, signal: AbortSignal.timeout(5_000) };
    const send = async (body: string) => (await post(mailbox.eventsUrl, {}, body, limits)).status;
    expect([await send('{"id":"1"}'), await send('{"id":"2"}')]).toEqual([204, 204]);
    expect([await send('geen JSON'), await send(`"${'x'.repeat(100_000)}"`)]).toEqual([400, 413]);
    const { status, text, headers } = await get('/berichten');
    expect([status, JSON.parse(text)]).toEqual([200, [{ id: '2' }, { id: '1' }]]);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

import { expect, it } from '@jest/globals';
import { databasesNow, startApp } from '../support/app.js';
import { bodyOf } from '../support/bodies.js';
import { type Answered, clientOf } from '../support/client.js';
import { type Field, operationsOf } from '../support/operations.js';
import { undoWrites } from '../support/undone.js';
import { layPlaces } from '../support/places.js';

/** Valid texts, whatever they look like. */
const TYPED = [
  '\u202egnaldrevuz\u202c en \u200bnul\u200dbreed',
  '👩‍👩‍👧‍👦 é ñ ﷺ Z̷̛a̸l̴g̶o̷',
  "'; DROP TABLE actions; --",
  '{{constructor}} ${7*7} <%= 7*7 %> #{7*7}',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '=HYPERLINK("https://kwaad.example";"klik")',
  '"><b>&amp;&#x27;',
];
/** Texts that no field may store. */
const REFUSED = ['nul\u0000', 'bel\u0007', '\ud800half', 'geen\uffffteken', 'x'.repeat(20_000)];
const isText = ({ type, format, enum: values }: Field) => type === 'string' && !format && !values;

it.each(databasesNow())(
  'keeps each text as typed or refuses it, in every text field, and never in a header: %s',
  async (kind) => {
    const t = await startApp(kind, { today: '2026-06-02' });
    const { places, callers } = await layPlaces(t);
    const operations = await operationsOf(t);
    const client = await clientOf(t);
    undoWrites(t);
    const wrong: string[] = [];
    let kept = 0;
    for (const operation of operations) {
      const { method, path, name } = operation;
      // Interprets a line and returns the result; stores nothing.
      if (name === 'POST /actions/interpretation') continue;
      for (const [field, rule] of Object.entries(operation.fields).filter(([, one]) => isText(one))) {
        for (const [n, text] of [...TYPED, ...REFUSED].entries()) {
          if (kind === 'postgresql' && (n + field.length) % 4 > 0) continue;
          const who = callers[n % 2 === 0 ? 'chair' : 'admin'].today;
          const objects = { ...places.own, ids: { ...places.own.ids, ...who.own } };
          const answer = await client({
            method,
            path: path.replace('{id}', objects.ids[path.split('/')[2]]).replace('{personId}', objects.ids.people),
            headers: { authorization: who.token, ...(method === 'post' ? {} : { 'if-match': '"1"' }) },
            body: { ...bodyOf(operation, objects), [field]: text },
          });
          if (answer.status < 300 && echoes(answer, text)) kept += 1;
          const flaw = flawIn(answer, text, TYPED.includes(text), rule);
          if (flaw) wrong.push(`${operation.name} ${field} ${JSON.stringify(text).slice(0, 30)}: ${flaw}`);
        }
      }
    }
    console.log(`${kept} hostile texts kept as typed on ${kind}`);
    expect(wrong).toEqual([]);
    expect(kept).toBeGreaterThan(kind === 'sqlite' ? 100 : 30);
  },
  60_000,
);

const echoes = ({ text: body }: Answered, text: string) => body.includes(JSON.stringify(text).slice(1, -1));

function flawIn(answer: Answered, text: string, isFine: boolean, { maxLength = Infinity }: Field): string | undefined {
  if (answer.status >= 500) return `${answer.status} ${answer.text}`;
  if (JSON.stringify(answer.headers).includes(text.slice(0, 12))) return 'stands in a header';
  const isOpen = ![403, 404, 409, 412].includes(answer.status);
  if (isOpen && !isFine && text.length <= 20 && answer.status !== 400) return `not refused: ${answer.status}`;
  if (isOpen && text.length > maxLength && answer.status !== 400) return `not refused though too long`;
  const told = JSON.stringify(text).slice(1, 13);
  if (answer.status < 300 && answer.text.includes(told) && !echoes(answer, text)) return `kept as something else`;
  return undefined;
}

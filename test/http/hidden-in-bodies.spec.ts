import { expect, it } from '@jest/globals';
import { databasesNow, startApp } from '../support/app.js';
import { bodyOf } from '../support/bodies.js';
import { clientOf } from '../support/client.js';
import { type Operation, operationsOf, UNKNOWN_ID } from '../support/operations.js';
import { layPlaces, type TestRole } from '../support/places.js';
import { undoWrites } from '../support/undone.js';

/** What can be confidential, by the nouns of paths. */
const CONFIDENTIAL = ['actions', 'agenda-items', 'discussions', 'action-files', 'item-files'];
const OUTSIDERS: readonly TestRole[] = ['admin', 'chair', 'partner', 'reader', 'client'];
const NOT_PLACED = new Set(['areaId', 'organisationId', 'personId', 'meetingId']);

/** The body with this id in the place of everything in it that can be confidential, and in each field for an id. */
function variantsOf({ fields }: Operation, base: object, own: readonly string[], id: string): object[] {
  const text = JSON.stringify(base);
  const swapped = own.reduce((left, one) => left.replaceAll(one, id), text);
  const variants: object[] = swapped === text ? [] : [JSON.parse(swapped) as object];
  for (const [name, { type }] of Object.entries(fields)) {
    if (NOT_PLACED.has(name)) continue;
    if (name.endsWith('Id')) variants.push({ ...base, [name]: id });
    if (name.endsWith('Ids') || (type === 'array' && name === 'order')) variants.push({ ...base, [name]: [id] });
  }
  return variants;
}

/** Without what differs between any two answers: new ids and moments. */
const alike = (answer: string): string =>
  answer.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'an id').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a moment');

it.each(databasesNow())(
  'answers a confidential id in a body as one that nothing has, to whoever may not know it, on %s',
  async (kind) => {
    const t = await startApp(kind, { today: '2026-06-02' });
    const { places, callers } = await layPlaces(t);
    const operations = await operationsOf(t);
    undoWrites(t);
    const client = await clientOf(t);
    const own = CONFIDENTIAL.map((noun) => places.own.ids[noun]).filter((id) => id !== undefined);
    const secret = CONFIDENTIAL.map((noun) => places.confidential.ids[noun]).filter((id) => id !== undefined);
    expect(secret.length).toBeGreaterThan(3);
    const wrong: string[] = [];
    let asked = 0;
    for (const operation of operations) {
      const base = operation.method === 'get' ? undefined : (bodyOf(operation, places.own) ?? {});
      if (!base || Object.keys(operation.fields).length === 0) continue;
      for (const role of OUTSIDERS) {
        const caller = callers[role].today;
        const ids: Record<string, string> = { ...places.own.ids, ...caller.own, departments: caller.own.mine };
        const objects = { ...places.own, ids };
        const path = operation.path.replaceAll(
          /\{(\w+)\}/g,
          (_, name: string) => ids[name === 'id' ? operation.path.split('/')[2] : name] ?? UNKNOWN_ID,
        );
        const ask = async (body: object) => {
          const headers = { authorization: caller.token, 'if-match': '"1"' };
          const { status, text } = await client({ method: operation.method.toUpperCase(), path, headers, body });
          return `${status} ${text}`;
        };
        for (const id of secret) {
          const told = variantsOf(operation, bodyOf(operation, objects) ?? {}, own, id);
          const unknown = variantsOf(operation, bodyOf(operation, objects) ?? {}, own, UNKNOWN_ID);
          for (const [at, body] of told.entries()) {
            asked += 1;
            const [answer, nothing] = [await ask(body), await ask(unknown[at])];
            const plain = answer.replaceAll(id, UNKNOWN_ID);
            if (alike(plain) !== alike(nothing))
              wrong.push(
                `${operation.name} by ${role} with ${JSON.stringify(body)}: ${answer} in the place of ${nothing}`,
              );
          }
        }
      }
    }
    console.log(`${asked} bodies with a confidential id on ${kind}`);
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(500);
  },
  240_000,
);

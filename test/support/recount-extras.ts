import { Delivery } from '../../src/platform/mail/delivery.service.js';
import type { TestApp } from './app.js';
import { isClosedStatus } from './recount-actions.js';
import { isYes, rawRows, text } from './recount-rows.js';

const JUDGEMENTS = ['realised', 'partly', 'not'];
const WEEKS = ['2026-11-25', '2026-11-30', '2026-12-07', '2026-12-14'];

interface By {
  chair: string;
  partner: string;
  admin: string;
  /** Who is asked to decide. */
  directorId: string;
}

/**
 * What the year of the demo lacks, done over the API: judgements, escalations, postponements of open actions, and
 * four weeks of unanswered digests. Returns how much was done.
 */
export async function livelier(t: TestApp, { chair, partner, admin, directorId }: By) {
  const send = async (path: string, by: string, body: object): Promise<boolean> =>
    (await t.api.post(path).set('Authorization', by).send(body)).status < 300;
  const { actions } = await rawRows(t);
  const plain = actions.filter((action) => !isYes(action.isConfidential) && !isYes(action.isWithdrawn));
  const done = { judgements: 0, escalations: 0, postponements: 0 };
  for (const { id, status } of plain.filter(
    (action) => isClosedStatus(text(action.status)) && action.ownerId !== null,
  )) {
    const judgement = JUDGEMENTS[done.judgements % 3];
    if (status === 'done' && (await send(`/v1/actions/${text(id)}/judgements`, partner, { judgement })))
      done.judgements += 1;
  }
  const asked = { personId: directorId, text: 'Deze actie staat stil. Wilt u een besluit nemen?' };
  for (const { id } of plain.filter(({ status }) => status === 'blocked'))
    if (await send(`/v1/actions/${text(id)}/escalations`, chair, asked)) done.escalations += 1;
  const dated = plain.filter(
    ({ status, dueKind, ownerId }) => status === 'open' && dueKind === 'date' && ownerId !== null,
  );
  for (const { id } of dated.slice(0, 4))
    for (const dueOn of ['2027-02-01', '2027-03-01'])
      if (await send(`/v1/actions/${text(id)}/updates`, chair, { dueOn, reason: 'Er is meer tijd nodig.' }))
        done.postponements += 1;
  for (const day of WEEKS) {
    t.clock.set(`${day}T10:00:00Z`);
    await send('/v1/digests', admin, {});
    await t.app.get(Delivery).deliverDue();
  }
  return done;
}

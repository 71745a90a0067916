import { beforeAll, describe, expect, it } from '@jest/globals';
import { MinutesEvent } from '../../src/minutes/minutes-event.entity.js';
import { MinutesPart } from '../../src/minutes/minutes-part.entity.js';
import { MinutesVersion } from '../../src/minutes/minutes-version.entity.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { onBothDatabases } from '../support/app.js';
import { Random } from '../hunt/random.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

const MANY = 130;
const SHOWN = 100;
const AT = '2026-06-02T08:00:00.000Z';

onBothDatabases((kind) => {
  describe('minutes with a word that more than a hundred have', () => {
    let n: Neighbourhood;
    /** In the order in which they were first composed. */
    const all: { id: string; sessionId: string; versions: number }[] = [];
    beforeAll(async () => {
      n = await startNeighbourhood(kind);
      for (let index = 0; index < MANY; index += 1) {
        const { id: sessionId } = await n.make.session(n.meeting.id, { heldOn: '2026-05-26', state: 'closed' });
        const minutes = { id: newId(), sessionId, versions: 0 };
        const more = { currentNumber: 1, sentAt: AT, adoptedAt: null, adoptedInId: null, version: 1 };
        await n.make.row(Minutes, { id: minutes.id, sessionId, state: 'sent', ...more });
        all.push(minutes);
        await compose(index);
      }
    });

    /** A further version, which was sent and says what the one before it said. */
    async function compose(index: number): Promise<void> {
      const minutes = all[index];
      minutes.versions += 1;
      const version = { id: newId(), minutesId: minutes.id, number: minutes.versions, reason: 'closing' as const };
      const items = [{ number: '1', title: 'Oliebollenkraam', notes: null, decision: null }];
      const content = JSON.stringify({ items, actions: [], discussed: [], reportedDone: [] });
      await n.app.get(Transactions).run(async (manager) => {
        await manager.insert(MinutesVersion, { ...version, composedAt: AT, composedById: null, hash: 'h' });
        const part = { id: newId(), versionId: version.id, label: 'open', salt: 's', hash: 'h', sinceNumber: null };
        await manager.insert(MinutesPart, { ...part, content });
        const sent = { id: newId(), minutesId: minutes.id, kind: 'sent' as const, at: AT, versionId: version.id };
        await manager.insert(MinutesEvent, { ...sent, byId: null, sessionId: null, text: null, itemNumber: null });
        await manager.update(Minutes, minutes.id, { currentNumber: minutes.versions });
      });
    }
    const found = async () => {
      const [group] = (await n.get('/v1/search?q=oliebol&kind=minutes&pageSize=100', n.as.police).expect(200)).body
        .groups;
      expect(group).toMatchObject({ total: SHOWN, isMore: true });
      return group.items.map(({ id }: { id: string }) => id).sort();
    };
    const newest = () =>
      all
        .slice(-SHOWN)
        .map(({ sessionId }) => sessionId)
        .sort();

    it('are the hundred that were composed last, also after versions that may differ in what is confidential only', async () => {
      expect(await found()).toEqual(newest());
      for (const old of [0, 3, 29]) await compose(old);
      expect(await found()).toEqual(newest());
      const random = new Random(7);
      for (let turn = 0; turn < 150; turn += 1) await compose(random.below(MANY));
      expect(await found()).toEqual(newest());
    });

    it('are the same for a chair who looks in one area', async () => {
      const { body } = await n.get(`/v1/search?q=oliebol&kind=minutes&pageSize=100&area=${n.boskoop.id}`).expect(200);
      expect(body.groups[0].items.map(({ id }: { id: string }) => id).sort()).toEqual(newest());
    });
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { MONDAY, setUpDigests } from './digests.setup.js';

const CHAIR = 'gebiedsadviseur@gemeente.example';

onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  const { AGENT, start, ring, overdue, states } = d;
  let chair: string;
  beforeEach(async () => {
    await start(MONDAY);
    chair = (await d.t.make.person({ name: 'gebiedsadviseur', email: CHAIR })).id;
    await d.t.make.grant(chair, 'chair', d.boskoop);
  });
  /** The text below a heading of the chair's mail. */
  const blockOf = (heading: string) =>
    (d.mailbox.to(CHAIR)[0]?.mail.text ?? '').split(new RegExp(`\n${heading} \\(\\d+\\)\n`))[1]?.split('\n\n')[0] ?? '';

  describe('whoever must be told of an action gets a mail, or it is listed under "geen contactadres"', () => {
    it('mails about a reopened action of a merged organisation to whoever answers for it now', async () => {
      const old = await d.t.make.organisation({ name: 'Oude politie', mergedIntoId: d.police });
      const action = await overdue({ ownerId: old.id, title: 'Heropend' });
      await ring();
      expect(d.mailbox.to(AGENT)[0]?.mail.text).toContain('Heropend');
      expect(blockOf('Geen contactadres')).not.toContain(action.number);
      expect(await states()).toEqual(['sent', 'sent']);
    });

    it('shows that action there when nobody answers for the new one either', async () => {
      const into = await d.t.make.organisation({ name: 'Nieuw' });
      const old = await d.t.make.organisation({ name: 'Oud', mergedIntoId: into.id });
      const action = await overdue({ ownerId: old.id });
      await ring();
      expect(blockOf('Geen contactadres')).toContain(action.number);
    });

    it.each([
      ['is a shared mailbox', { isShared: true }, true],
      ['does not belong to a party', {}, false],
    ])(
      'shows a confidential action there whose contact %s, to a chair who may know it',
      async (_, fields, isMember) => {
        const own = await d.t.make.organisation({ name: 'Gemeente' });
        await d.t.make.member(chair, own.id);
        const welfare = (await d.t.make.organisation({ name: 'Welzijn' })).id;
        const box = await d.t.make.person({
          ...{ ...fields, email: 'postbus@welzijn.example', organisationId: isMember ? welfare : undefined },
        });
        await d.t.make.contact(welfare, box.id);
        const secret = { ownerId: welfare, isConfidential: true, partyIds: [welfare, own.id] };
        const action = await overdue({ ...secret, title: 'GEHEIM', number: 'BOS-V9' });
        await ring();
        expect(d.mailbox.to('postbus@welzijn.example')).toEqual([]);
        expect(blockOf('Geen contactadres')).toContain(action.number);
        expect(d.mailbox.messages.map(({ raw }) => raw).join()).not.toContain('GEHEIM');
      },
    );
  });
});

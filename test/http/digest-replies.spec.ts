import { expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { setUpDigests } from './digests.setup.js';

const ADVISER = 'adviseur@gemeente.example';
const COORDINATOR = 'concern@gemeente.example';

/** A reply to the weekly mail reaches a person. */
onBothDatabases((kind) => {
  const d = setUpDigests(kind);
  const chair = async (email: string, areaId: string) =>
    d.t.make.grant((await d.t.make.person({ email })).id, 'chair', areaId);
  const repliesTo = async () => {
    await d.ring();
    return d.mails().map(({ mail }) => mail.replyTo?.text);
  };

  it('goes to the chair of the area, before one of an area above it', async () => {
    await d.start();
    await d.overdue();
    await chair(COORDINATOR, await d.t.make.root());
    await chair(ADVISER, d.boskoop);
    expect(await repliesTo()).toEqual([ADVISER]);
  });

  it('goes to the chair of the area above, if the area has none of its own', async () => {
    await d.start();
    await d.overdue();
    await chair(COORDINATOR, await d.t.make.root());
    expect(await repliesTo()).toEqual([COORDINATOR]);
  });

  it('goes to the chair of the first line if there are several areas and no mailbox for replies', async () => {
    await d.start();
    await d.overdue();
    await d.overdue({ areaId: d.zwammerdam });
    await chair(COORDINATOR, d.zwammerdam);
    await chair(ADVISER, d.boskoop);
    expect(await repliesTo()).toEqual([ADVISER]);
  });

  it('goes to the mailbox for replies, if there are several areas and the municipality has one', async () => {
    await d.start(undefined, { MAIL_REPLY_TO: 'wijken@gemeente.example' });
    await d.overdue();
    await d.overdue({ areaId: d.zwammerdam });
    await chair(ADVISER, d.boskoop);
    expect(await repliesTo()).toEqual(['wijken@gemeente.example']);
  });
});

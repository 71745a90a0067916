import { beforeAll, describe, expect, it } from '@jest/globals';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import { onBothDatabases } from '../support/app.js';
import { type Neighbourhood, startNeighbourhood } from '../support/world.js';

onBothDatabases((kind) => {
  let n: Neighbourhood;
  beforeAll(async () => {
    n = await startNeighbourhood(kind);
  });

  /** A session of today with these organisations present, and the response to closing it. */
  const closing = async (heldUntil: string | undefined, organisationIds: string[] = [], fields: object = {}) => {
    const session = await n.make.session(n.meeting.id, { heldOn: '2026-06-02', state: 'open', ...fields });
    for (const organisationId of organisationIds)
      await n.make.row(Attendance, {
        ...{ id: newId(), sessionId: session.id, personId: null, guestName: 'gast', organisationId },
        ...{ isReplacement: true, status: 'present', version: 1 },
      });
    const answer = await n.put(`/v1/sessions/${session.id}/closing`, heldUntil === undefined ? {} : { heldUntil }, 1);
    return { session, answer };
  };
  const review = async () => {
    const period = { areaId: n.boskoop.id, fromOn: '2026-01-01', asOf: '2026-06-02' };
    return (await n.post('/v1/reviews', period).expect(201)).body;
  };

  describe('the end of a session', () => {
    it('is typed at closing, after the beginning, and stands in the minutes', async () => {
      for (const heldUntil of ['10:00', '09:30', '25:00', 'later']) {
        const { session, answer } = await closing(heldUntil);
        expect([heldUntil, answer.status, answer.body.errors?.[0].field]).toEqual([heldUntil, 400, 'heldUntil']);
        expect((await n.get(`/v1/sessions/${session.id}`)).body).toMatchObject({ state: 'open', heldUntil: null });
        await n.put(`/v1/sessions/${session.id}/closing`, {}, 1).expect(200);
      }
      const { session, answer } = await closing('11:25', [], { endTime: '12:00' });
      expect(answer.body).toMatchObject({ state: 'closed', heldUntil: '11:25', endTime: '12:00' });
      const minutes = (await n.get(`/v1/sessions/${session.id}/minutes`).expect(200)).body;
      expect(minutes).toMatchObject({ startTime: '10:00', endTime: '11:25' });
    });

    it('stays when a reopened session is closed again without one', async () => {
      const { session } = await closing('11:30');
      await n.put(`/v1/sessions/${session.id}/reopening`, { reason: 'Er ontbreekt iets.' }, 2).expect(200);
      const { body } = await n.put(`/v1/sessions/${session.id}/closing`, {}, 3).expect(200);
      expect(body.heldUntil).toBe('11:30');
    });
  });

  describe('the hours in session', () => {
    it('are those of sessions whose end is known, and per kind of at least three organisations', async () => {
      const { hours: before } = (await review()).figures;
      const { politie, gemeente } = n.organisations;
      const homes = [];
      for (const name of ['Mozaiek', 'Woonpartners', 'Thuis'])
        homes.push((await n.make.organisation({ name: `${name} Wonen`, kind: 'housing' })).id);
      await closing('11:30', [...homes, politie.id, gemeente.id]);
      await closing(undefined, homes);
      const { hours } = (await review()).figures;
      expect(hours).toMatchObject({
        held: before.held + 2,
        timed: before.timed + 1,
        minutes: before.minutes + 90,
        kinds: [{ kind: 'housing', organisations: 3, minutes: 270 }],
      });
      expect(hours.meetings).toEqual([
        {
          meetingId: n.meeting.id,
          meeting: n.meeting.name,
          held: hours.held,
          timed: hours.timed,
          minutes: hours.minutes,
        },
      ]);
    });

    it('stand in the review and the koersoverzicht beside what was agreed, without a ratio', async () => {
      await n.make.action({ areaId: n.boskoop.id, meetingId: n.meeting.id, recordedOn: '2026-05-01' });
      const { id } = await review();
      const page = await n.get(`/v1/reviews/${id}`).set('Accept', 'text/html').expect(200);
      expect(page.text).toMatch(/Samen \d+(,5)? uur vergaderd. In dezelfde periode: 1 actie afgesproken, 0 gelukt\./);
      const { year } = (await n.get('/v1/koersoverzicht').expect(200)).body;
      expect(year).toMatchObject({ fromOn: '2025-06-02', agreed: 1, realised: 0 });
      expect(year.minutes).toBe((await review()).figures.hours.minutes);
      expect((await n.get('/koersoverzicht').expect(200)).text).toContain('Tijd in overleg');
    });
  });

  describe('a session that ends after midnight', () => {
    const evening = { startTime: '22:30' };

    it('is closed the next day with the time at which it ended, which stands in the minutes and counts in the hours', async () => {
      n.clock.set('2026-06-02T22:40:00Z');
      const { hours: before } = (await review()).figures;
      const { session, answer } = await closing('00:30', [], evening);
      expect(answer.body).toMatchObject({ state: 'closed', heldOn: '2026-06-02', heldUntil: '00:30' });
      const minutes = (await n.get(`/v1/sessions/${session.id}/minutes`).expect(200)).body;
      expect(minutes).toMatchObject({ heldOn: '2026-06-02', startTime: '22:30', endTime: '00:30' });
      const page = await n.get(`/v1/sessions/${session.id}/minutes`).set('Accept', 'text/html').expect(200);
      expect(page.text).toContain('22:30 tot 00:30 uur');
      const { hours } = (await review()).figures;
      expect(hours).toMatchObject({ timed: before.timed + 1, minutes: before.minutes + 120 });
    });

    it('cannot be said to have ended then before that day, or so late that the time must be a slip', async () => {
      for (const [now, heldUntil] of [
        ['2026-06-02T21:50:00Z', '00:30'],
        ['2026-06-03T06:00:00Z', '06:31'],
        ['2026-06-03T21:00:00Z', '22:30'],
      ]) {
        n.clock.set(now);
        const { session, answer } = await closing(heldUntil, [], evening);
        expect([heldUntil, answer.status, answer.body.errors?.[0].field]).toEqual([heldUntil, 400, 'heldUntil']);
        await n.put(`/v1/sessions/${session.id}/closing`, {}, 1).expect(200);
      }
    });

    it('is planned until then, and calendars end on the next day', async () => {
      const path = `/v1/meetings/${n.meeting.id}/sessions`;
      const { body } = await n.post(path, { heldOn: '2026-06-09', startTime: '22:30', endTime: '00:30' }).expect(201);
      expect(body).toMatchObject({ startTime: '22:30', endTime: '00:30' });
      const feed = await n.post('/v1/calendar-feeds', {}, n.as.police).expect(201);
      const calendar = await n.get(new URL(feed.body.url).pathname).expect(200);
      expect(calendar.text).toMatch(/DTSTART:20260609T203000Z\r\nDTEND:20260609T223000Z/);
    });
  });
});

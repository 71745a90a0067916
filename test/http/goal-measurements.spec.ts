import { describe, expect, it } from '@jest/globals';
import { onBothDatabases } from '../support/app.js';
import { COMPLETE, setUpGoals } from './goals.setup.js';

onBothDatabases((kind) => {
  const g = setUpGoals(kind);
  const { get, post, draft, active } = g;

  describe('measurements', () => {
    it('are refused in the future, before the start, and without a unit', async () => {
      const id = await draft(COMPLETE);
      for (const measuredOn of ['2026-07-03', '2025-12-31']) {
        const { body } = await post(`/${id}/measurements`, { measuredOn, value: 1, source: 'telling' }).expect(400);
        expect(body.errors).toMatchObject([{ letter: 'M', field: 'measuredOn' }]);
      }
      const { body } = await post(`/${await draft()}/measurements`, {
        measuredOn: '2026-07-01',
        value: 1,
        source: 'telling',
      }).expect(400);
      expect(body.errors).toMatchObject([{ letter: 'M', field: 'value' }]);
    });

    it('are corrected by a newer one and never lost; the last day counts, whatever the order of entering', async () => {
      const id = await active();
      const late = await post(`/${id}/measurements`, { measuredOn: '2026-07-01', value: 45, source: 'telling' });
      await post(`/${id}/measurements`, { measuredOn: '2026-04-01', value: 80, source: 'telling' }).expect(201);
      expect((await get(`/${id}`)).body.lastMeasurement).toMatchObject({ measuredOn: '2026-07-01', value: 45 });
      const again = { measuredOn: '2026-07-01', value: 54.5, source: 'hertelling' };
      expect((await post(`/${id}/measurements`, again).expect(409)).body.code).toBe('MEASURED_THAT_DAY');
      await post(`/${id}/measurements`, { ...again, correctsId: late.body.id }).expect(201);
      expect((await get(`/${id}`)).body).toMatchObject({
        lastMeasurement: { measuredOn: '2026-07-01', value: 54.5, source: 'hertelling' },
        progress: 55,
      });
      const third = await post(`/${id}/measurements`, { ...again, correctsId: late.body.id }).expect(409);
      expect(third.body.code).toBe('CORRECTED_BEFORE');
      const { body } = await get(`/${id}/measurements`).expect(200);
      expect(
        body.items.map(({ value, isCurrent }: { value: number; isCurrent: boolean }) => [value, isCurrent]),
      ).toEqual([
        [54.5, true],
        [45, false],
        [80, true],
      ]);
    });

    it('cannot correct one of another goal', async () => {
      const [one, other] = [await active(), await active()];
      const first = await post(`/${one}/measurements`, { measuredOn: '2026-07-01', value: 45, source: 'telling' });
      await post(`/${other}/measurements`, {
        measuredOn: '2026-07-01',
        value: 4,
        source: 'telling',
        correctsId: first.body.id,
      }).expect(400);
    });
  });

  describe('the course', () => {
    it('is proposed from the line and decided by the chair, with every decision kept', async () => {
      const id = await active();
      await post(`/${id}/measurements`, { measuredOn: '2026-07-02', value: 35, source: 'telling' }).expect(201);
      expect((await get(`/${id}/course`).expect(200)).body).toMatchObject({
        course: 'grey',
        proposed: 'orange',
        expected: 50,
        progress: 35,
        history: [],
      });
      await post(`/${id}/course`, { course: 'green', partiesView: 'De politie ziet vooruitgang.' }).expect(201);
      const explained = {
        course: 'red',
        cause: 'Ziekte.',
        consequence: 'Geen verslagen.',
        measure: 'Tweede notulist.',
      };
      expect((await post(`/${id}/course`, explained).expect(201)).body).toMatchObject({
        proposed: 'orange',
        course: 'red',
      });
      const { body } = await get(`/${id}/course`).expect(200);
      expect(body.course).toBe('red');
      expect(body.history.map(({ course }: { course: string }) => course)).toEqual(['red', 'green']);
      expect((await get(`/${id}`)).body).toMatchObject({ course: 'red', courseOn: '2026-07-02' });
    });

    it('is decided at a session of another area by its notulist, who chairs the area of the goal', async () => {
      const { make } = g.t;
      const id = await active();
      await post(`/${id}/measurements`, { measuredOn: '2026-07-01', value: 60, source: 'telling' }).expect(201);
      const notulist = await make.person();
      await make.grant(notulist.id, 'chair', g.area);
      g.who.notulist = await make.token(notulist.id);
      const meeting = await make.meeting((await make.area()).id);
      const session = await make.session(meeting.id, { state: 'open', secretaryId: notulist.id });
      const decided = { course: 'green', sessionId: session.id };
      expect((await post(`/${id}/course`, decided).expect(400)).body.errors).toMatchObject([{ field: 'sessionId' }]);
      await post(`/${id}/course`, decided, 'notulist').expect(201);
    });

    it.each(['orange', 'red'])('asks for cause, consequence and measure with %s', async (course) => {
      const { body } = await post(`/${await active()}/course`, { course, cause: 'Ziekte.' }).expect(400);
      expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['consequence', 'measure']);
    });

    it('has no colour for a draft or for what is not measured', async () => {
      expect((await post(`/${await draft()}/course`, { course: 'green' }).expect(409)).body.code).toBe('GOAL_IS_DRAFT');
      const id = await active();
      expect((await post(`/${id}/course`, { course: 'green' }).expect(409)).body.code).toBe('COURSE_IS_GREY');
    });
  });
});

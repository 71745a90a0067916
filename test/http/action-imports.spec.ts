import { expect, it } from '@jest/globals';
import type { Action } from '../../src/actions/action.entity.js';
import { onBothDatabases } from '../support/app.js';
import { XLSX, HEADER, setUpActionImports } from './action-imports.setup.js';

onBothDatabases((kind) => {
  const i = setUpActionImports(kind);
  const { upload, csv, propose, execute, list, workbookOf, exported } = i;

  it.each(['text/csv', XLSX])('takes in unchanged what came out, as %s', async (type) => {
    await i.n.make.action({
      areaId: i.n.boskoop.id,
      title: '=1+1; "x"',
      number: `BOS-20${i.count}`,
      dueOn: null,
      dueKind: 'ongoing',
      recordedOn: '2026-04-07',
    });
    await i.n.make.action({
      areaId: i.n.boskoop.id,
      number: `BOS-30${i.count}`,
      recordedOn: '2026-04-07',
      status: 'on_hold',
      resumeOn: '2026-09-01',
      statusReason: 'winter: kou',
    });
    const { body: file } = await exported(type);
    const { body } = await upload(file, { type }).expect(201);
    expect(body.rows.filter(({ outcome }: { outcome: string }) => outcome !== 'unchanged')).toEqual([]);
    expect(body.counts.unchanged).toBe((await list()).total);
    const done = await execute(body.id).expect(200);
    expect(done.body).toMatchObject({ state: 'executed', version: 2 });
    expect((await i.n.get(`/v1/actions/${i.known.id}`)).body.version).toBe(1);
  });

  it('also imports it unchanged after a spreadsheet saved it: other dates, real date cells, Windows-1252', async () => {
    const saved = `${i.known.number};7-4-2026;voorzieningen;Lantaarn Zijde;Politie + BOA's;15/06/26;stokt: wacht op vergunning;;0`;
    expect((await propose(saved)).counts).toEqual({ new: 0, changed: 0, unchanged: 1, cannot: 0 });
    const cells = [
      i.known.number,
      new Date('2026-04-07'),
      'voorzieningen',
      { richText: [{ text: 'Lantaarn ' }, { text: 'Zijde' }] },
    ];
    const sheet = await workbookOf([
      ['Actielijst Boskoop'],
      HEADER.split(';'),
      [
        ...cells,
        "Politie + BOA's",
        new Date('2026-06-15'),
        'stokt: wacht op vergunning',
        null,
        { formula: 'A1', result: 0 } as never,
      ],
    ]);
    expect((await upload(sheet, { type: XLSX }).expect(201)).body.counts.unchanged).toBe(1);
    // Windows-1252: é, a euro sign and a curly apostrophe.
    const old = Buffer.from(csv(';;;Caf\u00e9 \u0080 5 bij \u0092t Zand;Politie;z.s.m.;;;'), 'latin1');
    const { body } = await upload(old).expect(201);
    expect(body).toMatchObject({ encoding: 'windows-1252', rows: [{ title: 'Café € 5 bij ’t Zand', outcome: 'new' }] });
  });

  it.each([
    [
      'a comma above semicolons',
      'Actielijst Boskoop, voorjaar 2026\n\nactie;wie;wanneer\nLamp, kapot;Politie;1-7-2026\n',
    ],
    ['a semicolon above commas', 'Actielijst; Boskoop\nactie,wie,wanneer\n"Lamp, kapot",Politie,1-7-2026\n'],
    ['a comma above tabs', 'Boskoop, Zwammerdam\nactie\twie\twanneer\nLamp, kapot\tPolitie\t1-7-2026\n'],
    ['what Excel notes above it', 'sep=;\nactie;wie;wanneer\nLamp, kapot;Politie;1-7-2026\n'],
  ])('reads a table by the sign between its own columns: %s', async (_, file) => {
    const { body } = await upload(file).expect(201);
    expect(body.rows).toMatchObject([{ title: 'Lamp, kapot', outcome: 'new', questions: [] }]);
  });

  it('reads the days of a spreadsheet that is set to English, when one of them shows it', async () => {
    const line = (due: string) => `${i.known.number};4/7/2026;;;;${due};;;`;
    expect((await propose(line('6/15/2026'))).counts.unchanged).toBe(1);
    const [{ changes }] = (await propose(line('06/12/2026'), ';1/5/2026;;Nieuw;Politie;5/31/2027;;;')).rows;
    expect(changes).toEqual([{ column: 'wanneer', from: '15-06-2026', to: '12-06-2026' }]);
    const mixed = await propose(
      line('06/12/2026'),
      ';1/5/2026;;Nieuw;Politie;5/31/2027;;;',
      ';;;X;Politie;31/5/2027;;;',
    );
    expect(mixed.rows[0].changes).toEqual([
      { column: 'datum', from: '07-04-2026', to: '4/7/2026' },
      { column: 'wanneer', from: '15-06-2026', to: '06/12/2026' },
    ]);
  });

  it('reads the result of what is finished from a column of its own', async () => {
    const { body } = await upload(
      'actie;wie;wanneer;status;resultaat\nBank aan de kade;Politie;1-7-2026;gereed;De bank staat er.\n',
    ).expect(201);
    await execute(body.id).expect(200);
    const [bank] = (await list()).items.filter(({ title }: Action) => title === 'Bank aan de kade');
    expect(bank).toMatchObject({ status: 'done', result: 'De bank staat er.' });
  });

  it('says per row what it would do, and changes nothing yet', async () => {
    const before = await list();
    const body = await propose(
      `${i.known.number};;;Lantaarn Zijde en Reijerskoop;;;;;`,
      ";1-6-2026;schoon;Zwerfafval ruimen;BOA's + politie;eind juni;;;",
      'BOS-999;;;Onbekend;Politie;z.s.m.;;;',
    );
    expect(body.counts).toEqual({ new: 1, changed: 1, unchanged: 0, cannot: 1 });
    expect(body.rows).toMatchObject([
      {
        row: 2,
        outcome: 'changed',
        changes: [{ column: 'actie', from: 'Lantaarn Zijde', to: 'Lantaarn Zijde en Reijerskoop' }],
      },
      { row: 3, outcome: 'new', number: null, title: 'Zwerfafval ruimen' },
      { row: 4, outcome: 'cannot', questions: [{ column: 'nr', message: expect.stringContaining('BOS-999') }] },
    ]);
    expect(body.rows[1]).not.toHaveProperty('record');
    expect(await list()).toEqual(before);
  });

  it('does it on the second request, in one go, and once', async () => {
    const body = await propose(
      `${i.known.number};;wonen;Lantaarn Zijde;BOA's + politie;29-6-2026;loopt: de paal komt later;;`,
      ";1-6-2026;schoon;Zwerfafval ruimen;BOA's + politie;eind juni;;;",
      ';1-5-2026;;Bankje repareren;Habeko;1-6-2026;gereed: staat er weer;20-5-2026;',
    );
    expect(body.counts).toMatchObject({ new: 2, changed: 1 });
    const done = await execute(body.id).expect(200);
    expect(done.body).toMatchObject({ state: 'executed', version: 2, executedAt: expect.any(String) });
    expect((await i.n.get(`/v1/actions/${i.known.id}`)).body).toMatchObject({
      theme: 'wonen',
      status: 'in_progress',
      ownerName: "BOA's",
      coOwners: [{ name: 'Politie' }],
      dueOn: '2026-06-29',
      postponements: 1,
    });
    const made = done.body.rows.map(({ number }: { number: string }) => number).slice(1);
    const { items } = await list();
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ number: made[0], dueOn: '2026-06-30', recordedOn: '2026-06-01', ownerName: "BOA's" }),
        expect.objectContaining({ number: made[1], status: 'done', doneOn: '2026-05-20', result: 'staat er weer' }),
      ]),
    );
    expect((await execute(body.id, 2).expect(409)).body.code).toBe('IMPORT_EXECUTED');
  });

  it('makes sense of how people write, or asks a clear question', async () => {
    const body = await propose(
      '1;;;A;Politie;z.s.m.;;;',
      '2;;;B;Politie;doorlopend;;;',
      '7;3-2-2026;;C;Politie;1-5;;;',
      '8;;;D;Politie;eind mei;;;',
      ';;;E;Allen;z.s.m.;;;',
      ';;;F;Mart en Lilia;z.s.m.;;;',
      ';;;G;Politie;1-6 / 15-6;;;',
      ';;;H;Politie;ooit;;;',
      ';;;;Politie;z.s.m.;;;',
      ';31-2-2026;;I;Politie;z.s.m.;;;',
      ';;;J;Politie;z.s.m.;stokt;;',
      ';;;K;;;;;',
      ';;;;;;;;',
    );
    const questions = body.rows.map(
      ({ questions: [first] }: { questions: { column: string; message: string }[] }) => first,
    );
    expect(body.counts).toMatchObject({ new: 5, cannot: 7 });
    expect(questions.slice(4)).toEqual([
      { column: 'wie', message: 'Wie is "Allen"? Eén organisatie is de actiehouder; noem die eerst.' },
      { column: 'wie', message: 'Welke organisatie is "Mart"? Die naam kennen wij niet.' },
      { column: 'wanneer', message: 'Er staan twee datums in "1-6 / 15-6". Welke geldt?' },
      { column: 'wanneer', message: expect.stringContaining('Wanneer is "ooit"?') },
      { column: 'actie', message: 'Wat moet er gebeuren?' },
      { column: 'datum', message: expect.stringContaining('31-2-2026') },
      undefined,
      { column: 'wie', message: 'Wie doet het?' },
    ]);
    await execute(body.id).expect(200);
    const due = Object.fromEntries(
      (await list()).items.map(({ title, dueKind, dueOn }: Action) => [title, dueOn ?? dueKind]),
    );
    expect(due).toMatchObject({ A: 'asap', B: 'ongoing', C: '2026-05-01', D: '2027-05-31' });
  });

  it('asks why a deadline is postponed, and notices a repeated number', async () => {
    const { rows: planned } = await propose(`${i.known.number};;;;;30-6-2026;;;`, `${i.known.number};;;;;;;;`);
    expect(planned).toMatchObject([
      { outcome: 'cannot', questions: [{ column: 'wanneer', message: expect.stringContaining('Waarom') }] },
      { outcome: 'cannot', questions: [{ column: 'nr' }] },
    ]);
  });

  it('enters a remark once, however often the same list comes in', async () => {
    const line = `${i.known.number};;;;;;Aannemer gebeld;;`;
    const first = await propose(line);
    expect(first.counts.changed).toBe(1);
    await execute(first.id).expect(200);
    expect((await propose(line)).counts.unchanged).toBe(1);
  });

  it.each([
    ['between sessions', 'closed'],
    ['while their session is open', 'open'],
  ] as const)('does what the same words do when they are entered one by one, %s', async (_, state) => {
    const meeting = await i.n.make.meeting(i.n.boskoop.id);
    const session = await i.n.make.session(meeting.id, { heldOn: '2026-04-07', state });
    const twins = [];
    for (const number of ['TWE-1', 'TWE-2']) {
      const twin = await i.n.make.action({
        areaId: i.n.boskoop.id,
        meetingId: meeting.id,
        sessionId: session.id,
        number: `${number}${i.count}`,
        title: 'Hek',
        ownerId: i.n.organisations.politie.id,
        coOwnerIds: [i.n.organisations.habeko.id],
        recordedOn: '2026-04-07',
        dueOn: '2026-05-04',
      });
      twins.push(twin);
      await i.n.post(`/v1/actions/${twin.id}/updates`, {
        dueOn: '2026-06-01',
        reason: 'Vorst',
        effectiveOn: '2026-05-04',
      });
    }
    const [one, other] = twins;
    // Done before it was put on hold: the import restates what was entered later.
    const { id } = await propose(`${other.number};;groen;Hek en poort;Habeko + BOA's;;gereed: staat;1-5-2026;`);
    await execute(id).expect(200);
    const { habeko, boa } = i.n.organisations;
    const entered = { status: 'done', result: 'staat', effectiveOn: '2026-05-01', ownerId: habeko.id };
    const { body } = await i.n.post(`/v1/actions/${one.id}/updates`, entered).expect(201);
    await i.n
      .patch(`/v1/actions/${one.id}`, { theme: 'groen', title: 'Hek en poort', coOwnerIds: [boa.id] }, body.version)
      .expect(200);
    const told = async (action: Action) => {
      const { id: _, number, ...now } = (await i.n.get(`/v1/actions/${action.id}`)).body;
      const { items } = (await i.n.get(`/v1/actions/${action.id}/updates`)).body;
      const found = (await i.n.get(`/v1/actions?q=${number}%20poort%20habeko%20groen`)).body.total;
      const history = items.map(
        ({ id: __, actionId: ___, recordedAt: ____, ...update }: Record<string, unknown>) => update,
      );
      return { now, history, found };
    };
    const [byHand, byList] = [await told(one), await told(other)];
    expect(byList).toEqual(byHand);
    expect(byList).toMatchObject({ found: 1, now: { ownerName: 'Habeko Wonen', coOwners: [{ name: "BOA's" }] } });
    // A chair's correction while the session is open counts from the day of the session, before anything else.
    expect(byList.history.map(({ kind: what }: { kind: string }) => what)).toEqual(
      state === 'open' ? ['recorded', 'edit', 'owner', 'deadline'] : ['recorded', 'owner', 'deadline', 'edit'],
    );
  });
});

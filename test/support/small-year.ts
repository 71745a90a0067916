import type { AttendanceStatus } from '../../src/meetings/attendance/attendance.entity.js';
import { Minutes } from '../../src/minutes/minutes.entity.js';
import type { Action } from '../../src/actions/action.entity.js';
import type { ActionUpdate } from '../../src/actions/history/action-update.entity.js';
import { newId } from '../../src/platform/common/ids.js';
import type { TestApp } from './app.js';
import type { Make } from './make.js';
import { layVillage } from './world.js';

type ActionFields = Parameters<Make['action']>[0];

/** Noon UTC of a day. */
const noon = (day: string): string => `${day}T12:00:00.000Z`;

/** Writes histories of whole-state rows, each recorded at noon of its day by default. */
class Histories {
  constructor(readonly make: Make) {}

  /** An action as recorded on a day, and its changes on later days. */
  async lay(
    first: ActionFields & { recordedOn: string },
    ...later: [string, Partial<ActionUpdate>][]
  ): Promise<Action> {
    const action = await this.make.action(first);
    for (const [index, [day, changes]] of later.entries()) {
      Object.assign(action, changes);
      const row = { sequence: index + 2, effectiveOn: day, recordedAt: noon(day) };
      await this.make.update(action, { ...changes, ...row });
    }
    return action;
  }

  /** Someone from an organisation, or a guest; for a guest, also whether they replace someone else. */
  async attend(
    sessionId: string,
    organisationId: string,
    status: AttendanceStatus,
    guest?: { isReplacement: boolean },
  ): Promise<void> {
    const who = guest ? { guestName: 'gast', ...guest } : { personId: (await this.make.person()).id };
    await this.make.attendance(sessionId, { organisationId, status, ...who });
  }

  minutes(sessionId: string, sentAt: string | null, adoptedAt: string | null = null): Promise<Minutes> {
    const state = adoptedAt ? 'adopted' : sentAt ? 'sent' : 'concept';
    return this.make.row(Minutes, {
      id: newId(),
      sessionId,
      state,
      currentNumber: 1,
      sentAt,
      adoptedAt,
      adoptedInId: null,
      version: 1,
    });
  }
}

/** A year of one kern, small enough to count by hand; create it with the clock before 2025. */
export async function laySmallYear(make: Make) {
  const lay = new Histories(make);
  const team = await make.area({ kind: 'team', name: 'Rijnwoude' });
  const {
    area: boskoop,
    meeting,
    organisations: { wijken, police, residents, housing },
  } = await layVillage(
    { make },
    {
      wijken: { organisation: 'Wijken en Kernen', kind: 'municipality' },
      police: { organisation: 'Politie', kind: 'police', invited: 'participant' },
      residents: { organisation: 'Dorpsraad Boskoop', kind: 'residents' },
      housing: { organisation: 'Habeko Wonen', kind: 'housing' },
    },
    {
      area: await make.area({ kind: 'kern', name: 'Boskoop', parentId: team.id }),
      meeting: { name: 'Professionaloverleg Boskoop' },
    },
  );
  const elsewhere = await make.area({ kind: 'kern', name: 'Benthuizen', parentId: team.id });
  const at = (recordedOn: string, dueOn: string | null, theme: string | null, ownerId: string | null) => ({
    areaId: boskoop.id,
    recordedOn,
    dueOn,
    theme,
    ownerId,
  });
  const done = (day: string, fields: Partial<ActionUpdate> = {}): [string, Partial<ActionUpdate>] => [
    day,
    { status: 'done', doneOn: day, closedOn: day, realisation: 'full', ...fields },
  ];
  const inTime = await lay.lay(
    at('2025-01-15', '2025-02-15', 'schoon', wijken.id),
    done('2025-02-10', { result: 'Er staan tien prullenbakken', resultSize: 'large' }),
  );
  await lay.lay(
    at('2025-01-15', '2025-02-15', 'schoon', police.id),
    ['2025-02-12', { kind: 'deadline', dueOn: '2025-03-15', postponements: 1 }],
    done('2025-03-15', { result: 'De wijkagent loopt op vrijdag een ronde', resultSize: 'small' }),
  );
  const partly = await lay.lay(
    at('2025-03-10', '2025-04-10', 'schoon', police.id),
    done('2025-04-11', { realisation: 'partial' }),
  );
  await lay.lay(at('2025-03-10', '2025-05-01', 'mobiliteit', residents.id), [
    '2025-04-20',
    { status: 'cancelled', statusReason: 'Geen animo', closedOn: '2025-04-20' },
  ]);
  await lay.lay(at('2025-03-10', '2025-12-31', 'mobiliteit', residents.id));
  await lay.lay({ ...at('2025-05-13', '2025-12-30', 'schoon', police.id), followsOnId: partly.id }, [
    '2025-06-01',
    { status: 'in_progress' },
  ]);
  await lay.lay(
    at('2025-05-13', '2025-06-01', 'mobiliteit', wijken.id),
    ['2025-05-30', { kind: 'deadline', dueOn: '2025-09-01', postponements: 1 }],
    ['2025-08-30', { kind: 'deadline', dueOn: '2025-12-01', postponements: 2 }],
    ['2025-10-01', { status: 'blocked', statusReason: 'Wacht op de provincie' }],
  );
  const hold = (resumeOn: string): [string, Partial<ActionUpdate>] => [
    '2025-09-20',
    { status: 'on_hold', statusReason: 'Na de zomer', resumeOn },
  ];
  await lay.lay(at('2025-09-09', null, null, housing.id), hold('2025-12-31'));
  await lay.lay(at('2025-09-09', '2025-10-01', null, housing.id), hold('2026-02-01'));
  await lay.lay(at('2025-09-09', '2026-01-15', 'mobiliteit', police.id), [
    '2025-09-12',
    { kind: 'handing_back', ownerId: null, isHandedBack: true },
  ]);

  const earlier = await lay.lay(
    at('2024-11-12', '2025-01-31', 'schoon', wijken.id),
    done('2025-02-20', { result: 'De heg is gesnoeid', resultSize: 'small' }),
  );
  const stillLate = await lay.lay(at('2024-06-11', '2024-09-01', 'schoon', wijken.id));
  await lay.lay(at('2024-06-11', '2024-09-01', 'schoon', wijken.id), done('2024-12-31'));
  await lay.lay(at('2024-06-11', '2024-09-01', 'mobiliteit', wijken.id), done('2025-01-01'));

  await lay.lay(
    { ...at('2025-02-01', '2025-03-01', 'schoon', police.id), isConfidential: true, partyIds: [police.id] },
    done('2025-02-20', { result: 'Geheim resultaat', resultSize: 'large' }),
  );
  await lay.lay(at('2025-02-01', '2025-03-01', 'schoon', police.id), [
    '2025-02-01',
    { kind: 'withdrawal', isWithdrawn: true },
  ]);
  await lay.lay({ ...at('2025-02-01', null, 'schoon', police.id), dueKind: null });
  await lay.lay(at('2025-02-01', '2025-03-01', 'schoon', null));
  await lay.lay(at('2026-01-02', '2026-03-01', 'schoon', police.id));
  await lay.lay({ ...at('2025-02-01', '2025-03-01', 'schoon', police.id), areaId: elsewhere.id });

  const held = (heldOn: string) => make.session(meeting.id, { heldOn, state: 'closed', closedAt: noon(heldOn) });
  const [first, second, third, fourth] = [
    await held('2025-01-15'),
    await held('2025-03-10'),
    await held('2025-05-13'),
    await held('2025-09-09'),
  ];
  await held('2024-12-10');
  const unclosed = await make.session(meeting.id, { heldOn: '2025-11-11', state: 'open' });
  await make.session(meeting.id, { heldOn: '2025-12-09', state: 'cancelled' });
  await lay.minutes(first.id, '2025-01-18T09:00:00.000Z', '2025-03-10T10:00:00.000Z');
  await lay.minutes(second.id, '2025-03-23T23:30:00.000Z');
  await lay.minutes(third.id, null);
  await lay.minutes(fourth.id, '2026-01-05T09:00:00.000Z');

  const contact = await make.person({ organisationId: police.id });
  const other = await make.organisation({ name: 'Participe', kind: 'welfare' });
  await make.invitation(meeting.id, { organisationId: police.id, personId: contact.id });
  await make.invitation(meeting.id, { organisationId: residents.id, fromOn: '2025-03-10' });
  await make.invitation(meeting.id, { organisationId: housing.id, untilOn: '2025-03-10' });
  await make.invitation(meeting.id, { organisationId: wijken.id, role: 'informed' });
  await make.invitation(meeting.id, { organisationId: other.id, agendaItemId: (await make.agendaItem(third.id)).id });
  await lay.attend(first.id, police.id, 'present');
  await lay.attend(first.id, police.id, 'present');
  await lay.attend(first.id, housing.id, 'excused');
  await lay.attend(second.id, police.id, 'excused');
  await lay.attend(second.id, police.id, 'present');
  await lay.attend(second.id, residents.id, 'present', { isReplacement: true });
  await lay.attend(second.id, wijken.id, 'present');
  await lay.attend(third.id, police.id, 'absent');
  await lay.attend(third.id, residents.id, 'present', { isReplacement: false });
  await lay.attend(fourth.id, police.id, 'excused');
  await lay.attend(fourth.id, residents.id, 'present');
  return {
    lay,
    team,
    meetingId: meeting.id,
    boskoop,
    elsewhere,
    police,
    residents,
    contact,
    unclosed,
    inTime,
    earlier,
    stillLate,
  };
}

/** Gives each action the state of its last update: the year is written as histories alone. */
export async function settleActions({ database }: Pick<TestApp, 'database'>): Promise<void> {
  const last = (column: string) => `"${column}" = (SELECT u."${column}" FROM "action_updates" u
    WHERE u."actionId" = "actions"."id" ORDER BY u."sequence" DESC LIMIT 1)`;
  await database.writer.query(`UPDATE "actions" SET ${['status', 'closedOn', 'doneOn', 'result'].map(last).join()}`);
}

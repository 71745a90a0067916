import { describe, expect, it } from '@jest/globals';
import { composeParts } from '../../src/minutes/composing/composing.rules.js';
import type { ActionRow, AttendanceRow, ItemRow, Material } from '../../src/minutes/composing/material.js';
import type { ConfidentialContent, OpenContent, PartDraft } from '../../src/minutes/minutes-content.js';
import { ERASED_NAME, NameBook, printedName } from '../../src/minutes/name-book.rules.js';
import { readersCopy } from '../../src/minutes/reading.rules.js';

const item = (number: string, position: number, fields: Partial<ItemRow> = {}): ItemRow => ({
  id: `item ${number}`,
  number,
  position,
  kind: 'topic',
  title: `Punt ${number}`,
  notes: null,
  decision: null,
  state: 'discussed',
  isConfidential: number.startsWith('V'),
  partyIds: [],
  ...fields,
});

const action = (number: string, fields: Partial<ActionRow> = {}): ActionRow => ({
  number,
  title: `Actie ${number}`,
  reference: null,
  agendaItemId: null,
  isConfidential: number.includes('-V'),
  partyIds: [],
  owner: 'Politie',
  ownerPerson: null,
  coOwners: [],
  dueKind: 'date',
  dueOn: '2026-07-03',
  status: 'open',
  resumeOn: null,
  doneOn: null,
  result: null,
  isRecordedHere: true,
  postponements: 0,
  before: null,
  discussion: null,
  discussionAsked: null,
  escalations: [],
  ...fields,
});

const earlier = (discussion: ActionRow['discussion'], fields: Partial<ActionRow> = {}, number = 'BOS-1'): ActionRow =>
  action(number, { isRecordedHere: false, discussion, ...fields });

function counter(): () => string {
  let count = 0;
  return () => `n${(count += 1)}`;
}

function compose(fields: Partial<Material>) {
  const names = new NameBook([], counter());
  const session = {
    meeting: { id: 'm', name: 'Professionaloverleg Boskoop', kind: 'professionals', minutesForm: 'full' },
    area: { id: 'a', name: 'Boskoop' },
    heldOn: '2026-06-02',
    startTime: '10:00',
    endTime: null,
    place: null,
    chair: null,
    secretary: null,
    nextSession: null,
  } satisfies Material['session'];
  const parts = composeParts({ session, attendances: [], items: [], actions: [], ...fields }, names);
  const of = (label: string) => parts.find((part) => part.label === label);
  return {
    parts,
    names,
    labels: parts.map(({ label }) => label).sort(),
    open: of('open')!.content as OpenContent,
    closed: (label: string) => of(label) as PartDraft & { content: ConfidentialContent },
  };
}

const FACTS = {
  id: 'x',
  sessionId: 's',
  state: 'sent',
  number: 1,
  reason: 'closing',
  composedAt: '',
  hash: '',
  isInForce: true,
  sentAt: null,
  adoptedAt: null,
  adoptedIn: null,
  version: 1,
} as const;

describe('the parts of minutes', () => {
  it('are one open part when nothing is confidential', () => {
    expect(compose({ items: [item('1', 1)], actions: [action('BOS-1')] }).labels).toEqual(['open']);
  });

  it('keep a confidential item with its actions and parties apart, without a trace in the open part', () => {
    const { labels, open, closed } = compose({
      items: [item('1', 10), item('V1', 20, { partyIds: ['p', 'q'] }), item('2', 30)],
      actions: [action('BOS-V1', { agendaItemId: 'item V1', partyIds: ['q', 'p'] })],
    });
    expect(labels).toEqual(['V1', 'open']);
    expect(closed('V1').partyIds).toEqual(['p', 'q']);
    expect(closed('V1').content.actions).toMatchObject([{ number: 'BOS-V1', itemNumber: 'V1' }]);
    expect(JSON.stringify(open)).not.toMatch(/V1|position|follows/);
  });

  it('keep a confidential action of an open item apart by its number', () => {
    const { labels, closed } = compose({
      items: [item('1', 1)],
      actions: [action('BOS-V1', { agendaItemId: 'item 1', partyIds: ['p'] })],
    });
    expect(labels).toEqual(['BOS-V1', 'open']);
    expect(closed('BOS-V1')).toMatchObject({ partyIds: ['p'], content: { actions: [{ itemNumber: '1' }] } });
  });

  it('keep an action from those who may know its item but not the action, and the other way round', () => {
    const { labels, closed } = compose({
      items: [item('V1', 1, { partyIds: ['p', 'q'] })],
      actions: [action('BOS-V1', { agendaItemId: 'item V1', partyIds: ['p', 'r'] })],
    });
    expect(labels).toEqual(['BOS-V1', 'V1', 'open']);
    expect(closed('BOS-V1').content.actions).toMatchObject([{ itemNumber: null }]);
  });

  it('never name a confidential item beside an open action', () => {
    const { open } = compose({
      items: [item('V1', 1, { partyIds: ['p'] })],
      actions: [action('BOS-1', { agendaItemId: 'item V1' })],
    });
    expect(open.actions).toMatchObject([{ number: 'BOS-1', itemNumber: null }]);
  });

  it('keep the discussion of an earlier confidential action apart', () => {
    const { open, closed } = compose({
      items: [item('1', 1)],
      actions: [
        earlier({ kind: 'open', outcome: 'discussed', note: 'Bezocht.' }, { partyIds: ['p'] }, 'BOS-V3'),
        earlier({ kind: 'reported_done', outcome: null, note: null }, { status: 'done', partyIds: ['p'] }, 'BOS-V4'),
      ],
    });
    expect(open).toMatchObject({ discussed: [], reportedDone: [] });
    expect(closed('BOS-V3').content.discussed).toMatchObject([{ note: 'Bezocht.' }]);
    expect(closed('BOS-V4').content.reportedDone).toHaveLength(1);
  });
});

describe('earlier actions in the minutes', () => {
  it.each([
    ['discussed', null, true],
    ['updated', null, true],
    ['accepted', null, true],
    ['not_discussed', null, false],
    ['not_discussed', 'Volgende keer.', true],
    [null, null, false],
    [null, 'Er is gebeld.', true],
  ] as const)('with outcome %s and note %s are printed: %s', (outcome, note, isPrinted) => {
    const { open } = compose({ actions: [earlier({ kind: 'open', outcome, note })] });
    expect(open.discussed).toHaveLength(isPrinted ? 1 : 0);
  });

  it.each([
    ['2026-06-01', 'open'],
    ['2026-06-02', 'open'],
    ['2026-06-03', 'on_hold'],
    [null, 'on_hold'],
  ])('on hold until %s read as %s on the day of the session', (resumeOn, status) => {
    const discussion = { kind: 'open', outcome: 'discussed', note: null } as const;
    const { open } = compose({ actions: [earlier(discussion, { status: 'on_hold', resumeOn })] });
    expect(open.discussed[0].status).toBe(status);
  });

  it('do not stand in the list of new actions', () => {
    const { open } = compose({ actions: [earlier({ kind: 'open', outcome: 'discussed', note: null })] });
    expect(open.actions).toEqual([]);
  });
});

describe('attendance', () => {
  const person = (name: string, fields: Partial<AttendanceRow> = {}): AttendanceRow => ({
    personId: `id of ${name}`,
    name,
    function: null,
    organisation: null,
    isReplacement: false,
    status: 'present',
    ...fields,
  });

  it('divides into present, afwezig m.k. and absent, with persons as keys', () => {
    const { open, names } = compose({
      attendances: [
        person('wijkagent', { function: 'agent' }),
        person('wijkcoach', { status: 'excused' }),
        person('BOA', { status: 'absent' }),
        person('bezoeker', { personId: null }),
      ],
    });
    const keyOf = (name: string) => ({ nameId: names.added.find((entry) => entry.name === name)!.id });
    expect(open.attendance).toMatchObject({
      present: [
        { person: keyOf('wijkagent'), isGuest: false },
        { person: keyOf('bezoeker'), isGuest: true },
      ],
      excused: [{ person: keyOf('wijkcoach') }],
      absent: [{ person: keyOf('BOA') }],
    });
    expect(JSON.stringify(open)).not.toMatch(/wijkagent|wijkcoach|BOA|bezoeker/);
    expect(names.added[0]).toMatchObject({ personId: 'id of wijkagent', name: 'wijkagent', function: 'agent' });
  });
});

describe('a book of names', () => {
  const erased = { id: 'k1', personId: 'p', name: null, function: null };

  it('gives a person one key, also under another name, and keeps an erased one erased', () => {
    const book = new NameBook([erased], counter());
    expect(book.keyOf('p', 'wijkagent', 'agent')).toEqual({ nameId: 'k1' });
    expect(book.added).toEqual([]);
    expect(printedName({ nameId: 'k1' }, new Map([['k1', erased]]))).toEqual({ name: ERASED_NAME, function: null });
  });

  it('tells guests apart by name and never mistakes one for a person', () => {
    const book = new NameBook([{ id: 'k1', personId: 'p', name: 'de gast', function: null }], counter());
    expect(book.keyOf(null, 'de gast', null)).toEqual({ nameId: 'n1' });
    expect(book.keyOf(null, 'de gast', null)).toEqual({ nameId: 'n1' });
    expect(book.keyOf(null, 'andere gast', null)).toEqual({ nameId: 'n2' });
  });
});

const NO_LINKS = { ZAAK_LINK: '', MELDING_LINK: '' };

describe("a reader's copy", () => {
  const { parts } = compose({
    items: [
      item('V1', 5, { partyIds: ['p'] }),
      item('2', 10, { decision: 'Akkoord.' }),
      item('V2', 20, { partyIds: ['q'], decision: 'Geheim akkoord.' }),
      item('V3', 30, { partyIds: ['p'] }),
      item('1', 40),
    ],
    actions: [action('BOS-1', { agendaItemId: 'item 2' })],
  });
  const copyFor = (...labels: string[]) =>
    readersCopy(
      FACTS,
      parts.filter(({ label }) => label === 'open' || labels.includes(label)),
      [],
      NO_LINKS,
    )!;

  it.each([
    [[], ['2', '1']],
    [['V1'], ['V1', '2', '1']],
    [['V3'], ['2', 'V3', '1']],
    [
      ['V1', 'V2', 'V3'],
      ['V1', '2', 'V2', 'V3', '1'],
    ],
  ])('that may know %j has the items %j', (labels, expected) => {
    expect(copyFor(...labels).items.map(({ number }) => number)).toEqual(expected);
  });

  it('carries only the decisions and actions it may know', () => {
    expect(copyFor().decisions).toEqual([{ itemNumber: '2', title: 'Punt 2', decision: 'Akkoord.' }]);
    expect(copyFor('V2').decisions).toHaveLength(2);
    expect(copyFor().items[0].actions).toMatchObject([{ number: 'BOS-1' }]);
  });

  it('shows neither where a confidential item stood nor what it followed', () => {
    expect(JSON.stringify(copyFor('V1', 'V2', 'V3'))).not.toMatch(/position|follows/);
  });

  it('is not there when the open text is gone', () => {
    expect(readersCopy(FACTS, [], [], NO_LINKS)).toBeNull();
  });
});

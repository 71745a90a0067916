import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLine } from '../../src/actions/quick-line/quick-line.rules.js';
import { bookOf, NameBook, readName } from '../../src/actions/quick-line/quick-names.rules.js';
import { typingErrors } from '../../src/actions/quick-line/typing-errors.rules.js';
import { BEYOND } from '../support/informal-quick-lines.js';
import { DAY, ORGANISATIONS } from '../support/quick-line-table.js';
import { LINES } from '../support/quick-lines.js';

const BOOK = bookOf(ORGANISATIONS);

describe('a line as people note an action', () => {
  const meant = (line: string) => {
    const read = readLine(line, BOOK, DAY);
    return [
      read.owner?.name ?? null,
      read.coOwners.map(({ name }) => name),
      read.title.value,
      read.deadline?.kind ?? null,
      read.deadline?.dueOn ?? null,
    ];
  };
  let understood = 0;
  afterAll(() => {
    const all = LINES.length + BEYOND.length;
    process.stdout.write(
      `Quick line: ${understood} of ${all} lines understood whole (${Math.round((100 * understood) / all)} %).\n`,
    );
  });

  it.each(LINES)('%s', (line, ...meaning) => {
    expect(meant(line)).toEqual(meaning);
    understood += 1;
  });

  it.each(BEYOND)('%s: not all of it, and nothing that is not meant', (line, owner, coOwners, title, kind, dueOn) => {
    const [ownerRead, coOwnersRead, titleRead, kindRead, dueOnRead] = meant(line);
    expect(meant(line)).not.toEqual([owner, coOwners, title, kind, dueOn]);
    expect([owner, null]).toContain(ownerRead);
    expect(coOwners).toEqual(expect.arrayContaining(coOwnersRead as string[]));
    expect([dueOn, null]).toContain(dueOnRead);
    expect([kind, null]).toContain(kindRead);
    expect((titleRead as string).length).toBeGreaterThan(title.length);
  });
});

describe('how sure it is', () => {
  it('doubts a weekday that is not of that date', () => {
    expect(readLine('politie: surveillance, vrijdag 6 juni', BOOK, DAY).deadline).toMatchObject({
      text: 'vrijdag 6 juni',
      dueOn: '2026-06-06',
      certainty: 'doubtful',
    });
  });

  it('counts the weeks from today if today is that weekday', () => {
    expect(readLine('BOR: hek, dinsdag over een week', BOOK, DAY).deadline?.dueOn).toBe('2026-05-26');
    expect(readLine('BOR: hek, woensdag over een week', BOOK, DAY).deadline?.dueOn).toBe('2026-05-27');
  });

  it('finds someone by a double first name, and an organisation at the table by its initials in capitals', () => {
    const table = { place: 'table', aliases: [] } as const;
    const organisations = [
      { ...table, id: 'h', name: 'Toezicht' },
      { ...table, id: 'b', name: 'Beheer Openbare Ruimte' },
    ];
    const people = [
      {
        ...{ id: 'p', name: 'Dirk-Jan van der Meulen', organisationId: 'h', function: null },
        isPreferred: true,
        ...table,
      },
    ];
    const ownerOf = (line: string) => readLine(line, new NameBook({ organisations, people }), DAY).owner;
    expect(ownerOf('Dirk-Jan gaat na of er een camera kan, 20 oktober')).toMatchObject({
      ...{ id: 'h', person: { id: 'p' }, certainty: 'sure' },
    });
    expect(ownerOf('BOR plaatst twee afvalbakken, 1 november')).toMatchObject({ id: 'b', certainty: 'likely' });
    expect(ownerOf('bor plaatst twee afvalbakken, 1 november')).toBeNull();
  });

  it('leaves no "t/m" of a deadline behind in the title', () => {
    const { title, deadline } = readLine('politie: extra toezicht skatebaan, t/m 15 november', BOOK, DAY);
    expect([title.value, deadline?.dueOn]).toEqual(['Extra toezicht skatebaan', '2026-11-15']);
  });

  it.each(['BOR (spoed): lamp vervangen, 12-6', 'Lamp vervangen - BOR (spoed), 12-6'])(
    'keeps what stands in brackets behind a name: %s',
    (line) => {
      const { owner, title } = readLine(line, BOOK, DAY);
      expect([owner?.name, title.value]).toEqual(['BOR', 'Lamp vervangen (spoed)']);
    },
  );

  it('doubts a date that is past', () => {
    expect(readLine('BOR: hek, 1-5-2026', BOOK, DAY).deadline).toMatchObject({
      dueOn: '2026-05-01',
      certainty: 'doubtful',
    });
  });

  it('is sure of a name as it stands, and says that a mistyped one is likely', () => {
    expect(readLine('Politie: x, 1 juni', BOOK, DAY).owner).toMatchObject({
      text: 'Politie',
      certainty: 'sure',
    });
    expect(readLine('Poltie: x, 1 juni', BOOK, DAY).owner).toMatchObject({
      text: 'Poltie',
      certainty: 'likely',
    });
  });

  it('offers the alternatives of a name that two bear', () => {
    expect(readName('Belangenvereniging', ORGANISATIONS)).toMatchObject({
      name: 'Belangenvereniging Zwammerdam',
      certainty: 'doubtful',
      alternatives: [{ name: 'Belangenvereniging Aarlanderveen' }],
    });
  });

  it('names what stands in the place of a name and is none', () => {
    expect(readLine('Jeugdraad: feest, 1 juni', BOOK, DAY)).toMatchObject({
      owner: null,
      unknownNames: ['Jeugdraad'],
      title: { value: 'Jeugdraad: feest' },
      titleWithoutUnknown: 'Feest',
    });
    expect(readLine('BOR + Jeugdraad: feest, 1 juni', BOOK, DAY)).toMatchObject({
      owner: { name: 'BOR' },
      unknownNames: ['Jeugdraad'],
    });
  });
});

it('reads any line without falling over, quickly, and makes up no words', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (line) => {
      const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
      const known = new Set(words(line));
      return words(readLine(line, BOOK, DAY).title.text).every((word) => known.has(word));
    }),
    { numRuns: 500 },
  );
});

it('counts typing errors alike from both sides', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 12 }),
      fc.string({ maxLength: 12 }),
      (a, b) => typingErrors(a, b) === typingErrors(b, a),
    ),
  );
  expect([typingErrors('politie', 'poltie'), typingErrors('politie', 'poiltie'), typingErrors('', 'ab')]).toEqual([
    1, 1, 2,
  ]);
});

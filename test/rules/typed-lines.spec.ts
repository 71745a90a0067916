import { describe, expect, it } from '@jest/globals';
import { readLine } from '../../src/actions/quick-line/quick-line.rules.js';
import { NameBook, type ReadName } from '../../src/actions/quick-line/quick-names.rules.js';
import { DAY } from '../support/quick-line-table.js';
import { KEPT_ASIDE, TABLE, TUNED, type TypedLine, UNSEEN } from '../support/typed-lines.js';

const book = new NameBook(TABLE);
const KINDS = { asap: 'asap', ongoing: 'ongoing', next_session: 'next' } as const;

function meant({ line }: TypedLine) {
  const { owner, coOwners, title, deadline } = readLine(line, book, DAY);
  const named = ({ name, person }: ReadName) => (person ? `${name} (${person.name})` : name);
  const who = owner ? [named(owner), ...coOwners.map(({ name }) => name)].join(' + ') : '-';
  const when = !deadline ? '-' : deadline.kind === 'date' ? deadline.dueOn! : KINDS[deadline.kind];
  const sure = [
    ...[owner, ...coOwners].flatMap((one) => (one?.certainty === 'sure' ? ['who'] : [])),
    ...(title.certainty === 'sure' ? ['what'] : []),
    ...(deadline?.certainty === 'sure' ? ['when'] : []),
  ];
  return { who, what: title.value, when, sure };
}

/** The parts that were read differently than intended. */
function wrongIn(line: TypedLine) {
  const read = meant(line);
  return (['who', 'what', 'when'] as const)
    .filter((part) => read[part] !== line[part])
    .map((part) => ({ line: line.line, part, read: read[part], meant: line[part], isSure: read.sure.includes(part) }));
}

const share = (lines: TypedLine[]): number => lines.filter((line) => wrongIn(line).length === 0).length / lines.length;

describe('two hundred lines as chairs type them', () => {
  it.each([
    ['those the rules were made on', TUNED],
    ['those kept aside', KEPT_ASIDE],
    ['those written afterwards', UNSEEN],
  ])('%s: at least 95 %% is read whole', (name, lines) => {
    const read = share(lines);
    process.stdout.write(`Typed lines, ${name}: ${Math.round(read * lines.length)} of ${lines.length} read whole.\n`);
    if (process.env.SHOW_LINES === name.split(' ').at(-1)) console.log(lines.flatMap(wrongIn));
    expect(read).toBeGreaterThanOrEqual(0.95);
  });

  it('is sure of nothing that is wrong', () => {
    expect([...TUNED, ...KEPT_ASIDE, ...UNSEEN].flatMap(wrongIn).filter(({ isSure }) => isSure)).toEqual([]);
  });
});

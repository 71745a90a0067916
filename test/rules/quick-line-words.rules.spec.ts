import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLine } from '../../src/actions/quick-line/quick-line.rules.js';
import { NameBook } from '../../src/actions/quick-line/quick-names.rules.js';
import { SEPARABLE_VERBS } from '../../src/actions/quick-line/reading.words.js';
import { DAY } from '../support/quick-line-table.js';
import { TABLE } from '../support/typed-lines.js';

const book = new NameBook(TABLE);
const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Small words that only connect the parts. */
const FILLER = new Set(
  words(
    'actie actiepunt actiehouder wie wat wanneer de het en ook met samen gezamenlijk in samenwerking i s m ism hulp van misschien evt eventueel mogelijk liefst om te door uiterlijk per tegen gereed klaar vraag verzoek aan gem gemeente team afd afdeling namens vanuit',
  ),
);
const PIECES = [
  ...['BOR', 'politie', 'Habeko', 'wijkagent', 'Randy', 'Karin', 'de boa', 'Tom in de buurt', 'Lilia', 'jeugdraad'],
  ...['vrijdag', 'z.s.m.', 'eind juni', 'voor kerst', 'Q4', '12', 'vrijdag over een week', '1-6', 'doorlopend', 'op'],
  ...['elk overleg', 'in het najaar', 'Koningsdag', 'na 1 juli', 'deze week', '2e week juni', 'volgend overleg'],
  ...['ruimt', 'zwerfvuil', 'het', 'bankje', 'haalt', 'op', 'uit', 'belt', 'mevrouw', 'Jansen', 'snoeien', 'gaat'],
  ...['samen met', 'en', 'misschien', 'met', 'i.s.m.', 'bij', 'van', 'over', 'school', '30', 'km', 'bewoner'],
  ...[',', ':', ';', '-', '+', '&', '?', '(', ')', '/', '.'],
];
const lines = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 14 })
  .map((pieces) => pieces.join(' ').replaceAll(/ ([,:;?.)])/g, '$1'))
  // Those are list numbers.
  .filter((line) => !/^\d+[.)]/.test(line));

describe('no word of an action is lost', () => {
  it('keeps every word that is not read as who, when, or between them', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const { owner, coOwners, title, deadline } = readLine(line, book, DAY);
        const read = [title.text, deadline?.text ?? '', ...[owner, ...coOwners].map((one) => one?.text ?? '')];
        const told = new Set(read.flatMap(words));
        return words(line).every((word) => told.has(word) || FILLER.has(word));
      }),
      { numRuns: 1500 },
    );
  });

  it('changes only the verb of the text, and the article behind it', () => {
    const particles = new Set([...SEPARABLE_VERBS.values()].flatMap((verb) => verb.particles));
    const isOfVerb = (word: string, at: number) =>
      particles.has(word) || SEPARABLE_VERBS.has(word) || ['de', 'het', 'gaat', 'zal', 'moet'].includes(word) || at < 0;
    fc.assert(
      fc.property(lines, (line) => {
        const { title } = readLine(line, book, DAY);
        const told = new Set(words(title.value));
        return words(title.text).every((word, at) => told.has(word) || isOfVerb(word, at));
      }),
      { numRuns: 1500 },
    );
  });

  it('gives nothing twice to who, what and when of a line without a repeated word', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('hek', 'plein', 'boom', 'brief', 'school', 'ronde'), { minLength: 2 }),
        (some) => {
          const { title } = readLine(`BOR: ${some.join(' ')}, 1 juni`, book, DAY);
          expect(words(title.value)).toEqual(some);
        },
      ),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { outcomeWords } from '../../src/web/mail.words.js';

/** Our own sentences in the code that sends: `words: '…'`, `new Error('…')`, and those passed on as a reason. */
const SENTENCE =
  /(?:words: |new Error\((?:reason \?\? )?|NO_SERVER = |"serverWords" = |this\.close\(|line\.end\()(['`])([A-Z].*?)\1/g;
const FILES = [
  'src/platform/mail/mail-hold.ts',
  ...readdirSync('src/platform/mail').map((name) => `src/platform/mail/${name}`),
];
const found = FILES.filter((file) => file.endsWith('.ts') && !file.endsWith('mail-kinds.ts')).flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(SENTENCE)].map(([, , sentence]) => sentence.replaceAll(/\$\{[^}]*\}/g, '7')),
);

describe('the words of an outcome of a mail', () => {
  it.each(found)('are Dutch for "%s"', (sentence) => {
    expect(outcomeWords(sentence)).toEqual({
      own: expect.stringMatching(/^(De|Er|Het|Hier|Dit|Deze|Misschien) /),
      server: null,
    });
  });

  it('are those of the mail server if it said something', () => {
    expect(found.length).toBeGreaterThan(10);
    expect(outcomeWords('550 No such user')).toEqual({ own: null, server: '550 No such user' });
  });
});

import { expect, it } from '@jest/globals';
import { Turns } from '../../src/platform/sqlite/turns.js';

it('does what was asked in one turn in order, before any answer is used', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const ask = async (name: string) => {
    const answer = await turns.do(() => {
      seen.push(`read ${name}`);
      return name;
    });
    seen.push(`use ${answer}`);
  };
  await Promise.all(['one', 'other', 'third'].map(ask));
  expect(seen).toEqual(['read one', 'read other', 'read third', 'use one', 'use other', 'use third']);
});

it('does what is asked meanwhile in the next turn, and goes on after it', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const nested = turns.do(() => turns.do(() => seen.push('later')));
  const now = turns.do(() => {
    seen.push('now');
    queueMicrotask(() => seen.push('end of the turn'));
  });
  await Promise.all([nested, now]);
  expect(seen).toEqual(['now', 'end of the turn', 'later']);
  expect(await turns.do(() => 'again')).toBe('again');
});

it('sends the answers to the first eight before it does more', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const asks = Array.from({ length: 17 }, async (_, n) => {
    await turns.do(() => seen.push(`read ${n}`));
    seen.push(`use ${n}`);
  });
  await Promise.all(asks);
  const eight = (first: number) => Array.from({ length: 8 }, (_, n) => first + n);
  const both = (some: number[]) => [...some.map((n) => `read ${n}`), ...some.map((n) => `use ${n}`)];
  expect(seen).toEqual([...both(eight(0)), ...both(eight(8)), ...both([16])]);
});

it('gives an error to the one who asked, and an answer to the others', async () => {
  const turns = new Turns();
  const fails = () => {
    throw new Error('Not this one.');
  };
  const all = [
    turns.do(() => 1),
    turns.do(fails),
    turns.do(() => Promise.reject(new Error('Nor this.'))),
    turns.do(() => 2),
  ];
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
});

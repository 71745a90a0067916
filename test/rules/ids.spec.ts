import { afterEach, expect, it, jest } from '@jest/globals';
import { isId, newId } from '../../src/platform/common/ids.js';

afterEach(() => {
  jest.restoreAllMocks();
});

const many = () => Array.from({ length: 2000 }, newId);

it('makes ids of version 7 that are all different and sort in the order of the calls', () => {
  const ids = many();
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.filter((id) => !isId(id) || id[14] !== '7' || !'89ab'.includes(id[19]))).toEqual([]);
});

it('begins an id with the moment at which it was made', () => {
  const before = Date.now();
  const moment = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
  expect(moment).toBeGreaterThanOrEqual(before);
  expect(moment).toBeLessThanOrEqual(Date.now() + 1);
});

it('keeps the order when the clock is set back', () => {
  const first = newId();
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 60_000);
  const ids = [first, ...many()];
  expect(ids.toSorted()).toEqual(ids);
});

import { describe, expect, it } from '@jest/globals';
import { type Found, ranked } from '../../src/home/search/hits.rules.js';

const found = (number: string, title: string, kind: Found['kind'] = 'action'): Found => ({
  ...{ kind, id: number, number, title, texts: [], organisationName: null, areaId: 'a', areaName: 'Boskoop' },
  ...{ on: null, state: 'open', sessionId: null, isConfidential: false },
});
const numbers = (hits: Found[], ...wanted: string[]) => ranked(hits, wanted).map(({ hit }) => hit.number);

describe('hits that are as good as each other', () => {
  it('are in the order of their numbers when a number was looked for', () => {
    const hits = ['BOS-40', 'BOS-10', 'BOS-9'].map((number) => found(number, 'Schouw'));
    expect(numbers(hits, 'bos')).toEqual(['BOS-9', 'BOS-10', 'BOS-40']);
  });

  it('are after those of which it is the number, and in the order of their day when words were looked for', () => {
    const hits = [found('ZWA-2', 'Bos kappen'), found('BOS-40', 'Schouw'), found('BOS-9', 'Schouw')];
    expect(numbers(hits, 'bos')).toEqual(['BOS-9', 'BOS-40', 'ZWA-2']);
    expect(numbers(hits, 'schouw')).toEqual(['BOS-40', 'BOS-9', 'ZWA-2']);
  });

  it('are in the order of their day if they are decisions', () => {
    const hits = ['BOS-2026-10-12/5', 'BOS-2026-09-01/2'].map((number) => found(number, 'Pad', 'decision'));
    expect(numbers(hits, 'bos')).toEqual(['BOS-2026-10-12/5', 'BOS-2026-09-01/2']);
  });
});

import { expect, it } from '@jest/globals';
import { whatChanged } from '../../src/minutes/dispatch/changed-minutes.rules.js';
import type { MinutesDocument } from '../../src/minutes/documents/minutes-document.rules.js';

const minutes = (item: object) =>
  ({
    ...{ heldOn: '2026-11-03', time: '10:00', place: null, chair: null, secretary: null },
    ...{ present: [], excused: [], absent: [], previous: null, actions: [] },
    items: [{ number: '4', title: 'Rondvraag', notes: null, decision: null, previous: null, ...item }],
  }) as unknown as MinutesDocument;
const EMPTY = minutes({ stateText: 'Geen aantekeningen.' });

it('names only the note of an item that had nothing written down', () => {
  const noted = minutes({ notes: 'Het trottoir is gemeld.', stateText: null });
  expect(whatChanged(EMPTY, noted)).toEqual([
    'Punt 4, Rondvraag, de notitie: was nog leeg, wordt “Het trottoir is gemeld.”.',
  ]);
});

it('says so when an item turns out not to have been discussed, or to have been', () => {
  const skipped = minutes({ stateText: 'Niet besproken.' });
  expect(whatChanged(EMPTY, skipped)).toEqual(['Punt 4, Rondvraag: niet besproken.']);
  expect(whatChanged(skipped, EMPTY)).toEqual(['Punt 4, Rondvraag: alsnog behandeld.']);
});

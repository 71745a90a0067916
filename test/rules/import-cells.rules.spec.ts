import { describe, expect, it } from '@jest/globals';
import {
  plain,
  readDay,
  readState,
  readWhen,
  readWho,
  unknownNames,
} from '../../src/actions/import/import-cells.rules.js';

const DAY = '2026-06-02';
const ORGANISATIONS = ['Politie', "BOA's", 'Habeko Wonen', 'Welzijn Noord', 'Welzijn Zuid'].map((name) => ({
  id: name,
  name,
  aliases: name === 'Politie' ? ['wijkagent'] : [],
}));

it.each([
  ['2026-06-02', '2026-06-02'],
  ['2026-06-02T00:00:00.000Z', '2026-06-02'],
  ['2-6-2026', '2026-06-02'],
  ['02/06/26', '2026-06-02'],
  ['2.6.2026', '2026-06-02'],
  ['31-2-2026', undefined],
  ['2-6', undefined],
  ['46175', undefined],
  ['', undefined],
])('reads the day %j as %s', (cell, day) => expect(readDay(cell)).toBe(day));

it.each([
  ["'=1+1", '=1+1'],
  ["'-veeg", '-veeg'],
  ["'t Zand", "'t Zand"],
  ["'0012", '0012'],
  ["'1-5", '1-5'],
  ["'WAAR", 'WAAR'],
  ["'50%", '50%'],
  ["'80 jaar", "'80 jaar"],
  [' twee\n regels ', 'twee regels'],
])('reads the text %j as %j', (cell, text) => expect(plain(cell)).toBe(text));

describe('a deadline', () => {
  it.each([
    ['1-5', 'date', '2027-05-01'],
    ['1-5-2026', 'date', '2026-05-01'],
    ['eind mei', 'date', '2027-05-31'],
    ['eind juni', 'date', '2026-06-30'],
    ['juni', 'date', '2026-06-30'],
    ['mei 2027', 'date', '2027-05-31'],
    ['Q3 2026', 'date', '2026-09-30'],
    ['4e kwartaal', 'date', '2026-12-31'],
    ['wk 24', 'date', '2026-06-12'],
    ['eind 2026', 'date', '2026-12-31'],
    ['z.s.m.', 'asap', null],
    ['ZSM', 'asap', null],
    ['doorlopend', 'ongoing', null],
    ['volgend overleg', 'next_session', null],
    ['vrijdag 5 juni', 'date', '2026-06-05'],
  ])('%j is %s %s', (cell, dueKind, dueOn) => expect(readWhen(cell, DAY)).toEqual({ value: { dueKind, dueOn } }));

  it.each([
    ['1-6 / 15-6', 'twee datums'],
    ['1 juni en 15 juni', 'twee datums'],
    ['1-6 gebeld', 'Wanneer is'],
    ['ooit', 'Wanneer is'],
    ['donderdag 5 juni', 'dag en datum'],
  ])('%j is asked about: %s', (cell, words) =>
    expect(readWhen(cell, DAY)).toEqual({ question: expect.stringContaining(words) }),
  );
});

describe('who does it', () => {
  it.each([
    ['Politie', []],
    ['Allen', []],
    ['Welzijn', []],
    ['Mart en Lilia', ['Mart en Lilia']],
    ['Mart en politie', ['Mart']],
    ["boa's + Groen en Grijs, Mart", ['Groen', 'Grijs', 'Mart']],
  ])('%j names the unknown %j', (cell, names) => expect(unknownNames(cell, ORGANISATIONS)).toEqual(names));

  it.each([
    ['Politie', 'Politie', []],
    ["boa's + wijkagent", "BOA's", ['Politie']],
    ['Habeko en politie', 'Habeko Wonen', ['Politie']],
    ["politie, boa's, boa's", 'Politie', ["BOA's"]],
  ])('%j is %s with %j', (cell, ownerId, coOwnerIds) =>
    expect(readWho(cell, ORGANISATIONS)).toEqual({ value: { ownerId, coOwnerIds } }),
  );

  it.each([
    ['Allen', 'Eén organisatie is de actiehouder'],
    ['?', 'Eén organisatie is de actiehouder'],
    ['Mart en Lilia', '"Mart"'],
    ['Welzijn', 'Welzijn Noord of Welzijn Zuid'],
    ['+', 'Wie doet het?'],
    ['politie, wijkagent', 'noemt Politie twee keer'],
  ])('%j is asked about: %s', (cell, words) =>
    expect(readWho(cell, ORGANISATIONS)).toEqual({ question: expect.stringContaining(words) }),
  );
});

it.each([
  ['gereed', 'done', null, null],
  ['Gereed: staat er weer', 'done', null, 'staat er weer'],
  ['afgerond', 'done', null, null],
  ['stokt: wacht: op vergunning', 'blocked', null, 'wacht: op vergunning'],
  ['wacht tot 1-9-2026: winter', 'on_hold', '2026-09-01', 'winter'],
  ['aangehouden tot 1-9-2026: winter', 'on_hold', '2026-09-01', 'winter'],
  ['wacht op de vergunning', null, null, 'wacht op de vergunning'],
  ['Openbare ruimte gebeld', null, null, 'Openbare ruimte gebeld'],
  ['', null, null, null],
])('reads the state %j as %s, until %s, with %j', (cell, status, resumeOn, words) =>
  expect(readState(cell)).toEqual({ status, resumeOn, words }),
);

it.each([
  ['gereed, deels gelukt', null],
  ['gereed, deels gelukt: twee van de drie', 'twee van de drie'],
])('reads %j as done for a part', (cell, words) =>
  expect(readState(cell)).toEqual({ status: 'done', isPartial: true, resumeOn: null, words }),
);

import { describe, expect, it } from '@jest/globals';
import { amountOf, centsIn, euros, MOST_CENTS, typedAmount } from '../../src/budget/money.rules.js';

describe('an amount in euros', () => {
  it.each([
    ['450', 45_000],
    ['450,50', 45_050],
    ['450.50', 45_050],
    [' € 450,- ', 45_000],
    ['1250,50', 125_050],
    ['1.250,50', 125_050],
    ['1.250', 125_000],
    ['€ 1.250,-', 125_000],
    ['12.345.678,90', 1_234_567_890],
    ['0', 0],
    ['0,01', 1],
    ['20.000.000', MOST_CENTS],
  ])('%j is read as %d cents, and again as it is written', (typed, cents) => {
    expect(centsIn(typed)).toBe(cents);
    expect([amountOf(cents), typedAmount(cents), euros(cents)].map(centsIn)).toEqual([cents, cents, cents]);
  });

  it.each([
    ['-450', '−450', '450-', '(450)'],
    ['4,5', '450,505', '1.250,5', '450,', '.50', ',50'],
    ['1.250.50', '1,250.50', '1,250', '12.50.00', '1250.500', '0.500', '1.25.000', '1.2500', '1..250', '1.250.'],
    ['veel', '1e3', '0x10', '٤٥٠', 'NaN', 'Infinity', '450 euro', '', ' ', '1 250'],
    ['20.000.000,01', '20000000,01', '999.999.999.999', '9999999999'],
  ])('%j and its like are refused, not guessed', (...typed) => {
    expect(typed.map(centsIn)).toEqual(typed.map(() => null));
  });
});

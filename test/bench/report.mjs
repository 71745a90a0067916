/** The measurements, each with its goal; stored as JSON so that a later run can be compared with it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** A figure that is worse by more than this is called slower: other work on the machine can make that much difference. */
const NOISE = 0.1;

export class Report {
  figures = [];

  /** `goal` is `{ atMost }` or `{ atLeast }` in the same unit, or absent if the figure is only reported. */
  add(name, value, unit, goal = {}) {
    this.figures.push({ name, value: rounded(value), unit, ...goal });
  }

  print() {
    if (this.figures.length > 0) console.table(this.figures.map(lineOf));
  }

  /** Writes it to a file below `folder` named after the time of this run, and returns the path. */
  write(folder) {
    const at = new Date().toISOString();
    const path = join(folder, `${at.replaceAll(':', '-')}.json`);
    const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model };
    writeFileSync(path, `${JSON.stringify({ at, ...machine, figures: this.figures }, null, 2)}\n`);
    return path;
  }
}

const rounded = (value) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

const isMet = ({ value, atMost = Infinity, atLeast = -Infinity }) => value <= atMost && value >= atLeast;

function lineOf(figure) {
  const { name, value, unit, atMost, atLeast } = figure;
  const goal = atMost !== undefined ? `at most ${atMost}` : atLeast !== undefined ? `at least ${atLeast}` : '';
  return { '': name, measured: value, unit, goal, met: goal && (isMet(figure) ? 'yes' : 'no') };
}

/** Prints the figures that two runs have in common, slower ones first, and returns how many became slower. */
export function compare(oldPath, newPath) {
  const [before, after] = [oldPath, newPath].map((path) => JSON.parse(readFileSync(path, 'utf8')));
  const olds = new Map(before.figures.map((figure) => [figure.name, figure]));
  const both = after.figures
    .filter(({ name }) => olds.has(name))
    .map((figure) => compared(olds.get(figure.name), figure));
  const rows = both.toSorted((one, other) => other.worse - one.worse);
  console.table(
    rows.map(({ worse, ...row }) => ({ ...row, '': worse > NOISE ? 'slower' : worse < -NOISE ? 'faster' : '' })),
  );
  return rows.filter(({ worse }) => worse > NOISE).length;
}

/** More is better if the goal says "at least" or the figure is per second. */
function compared(old, { name, value, unit, atLeast }) {
  const change = old.value === 0 ? 0 : value / old.value - 1;
  const isMoreBetter = atLeast !== undefined || unit.endsWith('/s');
  const percent = `${change > 0 ? '+' : ''}${Math.round(100 * change)} %`;
  return { figure: name, before: old.value, now: value, unit, change: percent, worse: isMoreBetter ? -change : change };
}

/** The newest run below `folder`. */
export function newest(folder) {
  const [last] = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .reverse();
  if (!last) throw new Error(`No run was kept in ${folder}.`);
  return join(folder, last);
}

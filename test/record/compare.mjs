/**
 * Prints the differences between two recordings, and fails if there are any:
 *
 *   node test/record/compare.mjs <before> <after> [--all]
 *
 * Files with the same change are reported once. Long changes are truncated, unless --all is given.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { changesIn } from './diff.mjs';

const [before, after, option] = process.argv.slice(2);
if (!before || !after || !existsSync(before) || !existsSync(after)) {
  console.error('Usage: node test/record/compare.mjs <before> <after> [--all]');
  process.exit(2);
}
const isWhole = option === '--all';
const LINES = 40;
const WIDTH = 220;
const NAMES = 8;

const filesIn = (folder) =>
  new Set(
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => statSync(join(folder, name)).isFile()),
  );
const areaOf = (name) => (name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '.');

const [old, recent] = [filesIn(before), filesIn(after)];
const areas = new Map();
const areaNamed = (name) => {
  const area = areaOf(name);
  if (!areas.has(area)) areas.set(area, { same: 0, removed: [], added: [], changed: new Map() });
  return areas.get(area);
};
for (const name of [...new Set([...old, ...recent])].sort()) {
  const area = areaNamed(name);
  if (!recent.has(name)) area.removed.push(name);
  else if (!old.has(name)) area.added.push(name);
  else compare(name, area);
}

function compare(name, area) {
  const [one, other] = [before, after].map((folder) => readFileSync(join(folder, name), 'utf8'));
  if (one === other) {
    area.same += 1;
    return;
  }
  const change = changesIn(one.split('\n'), other.split('\n'));
  const key = change
    .map(({ shown }) => shown)
    .filter((line) => /^[-+]/.test(line))
    .join('\n');
  if (!area.changed.has(key)) area.changed.set(key, { change, names: [] });
  area.changed.get(key).names.push(name);
}

let total = 0;
for (const [name, { same, removed, added, changed }] of areas) {
  const count = [...changed.values()].reduce((sum, { names }) => sum + names.length, 0);
  if (removed.length + added.length + count === 0) continue;
  total += removed.length + added.length + count;
  console.log(`\n# ${name}: ${removed.length} removed, ${added.length} added, ${count} changed, ${same} the same`);
  for (const one of shortened(removed, LINES)) console.log(`removed  ${one}`);
  for (const one of shortened(added, LINES)) console.log(`added    ${one}`);
  for (const { change, names } of changed.values()) {
    console.log(
      `\nchanged  ${names.length > 1 ? `${names.length} files alike: ` : ''}${shortened(names, NAMES).join('\n         ')}`,
    );
    for (const line of shortened(
      change.map(({ shown }) => shown),
      LINES,
    ))
      console.log(`  ${isWhole ? line : line.slice(0, WIDTH)}`);
  }
}
console.log(
  total === 0
    ? `Nothing differs in ${old.size} files.`
    : `\n${total} files differ, of ${old.size} before and ${recent.size} after.`,
);
process.exitCode = total === 0 ? 0 : 1;

function shortened(lines, most) {
  return isWhole || lines.length <= most ? lines : [...lines.slice(0, most), `… and ${lines.length - most} more`];
}

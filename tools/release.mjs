// Makes a release of the current branch: npm run release -- 0.2.0
// Updates the version and the date wherever they occur, closes "Unreleased" in the changelog, commits and tags. Pushes nothing.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [version] = process.argv.slice(2);
const stop = (why) => {
  console.error(why);
  process.exit(2);
};
const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();

if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) stop('Usage: npm run release -- <major.minor.patch>');
if (git('status', '--porcelain') !== '') stop('There are changes that are not committed.');
if (git('tag', '--list', `v${version}`) !== '') stop(`Version ${version} was released before.`);

const day = new Date().toISOString().slice(0, 10);
const changes = [
  ['CHANGELOG.md', /^## \[Unreleased\]\n\n(?=### )/m, `## [Unreleased]\n\n## [${version}] - ${day}\n\n`],
  ['publiccode.yml', /^softwareVersion: .*$/m, `softwareVersion: ${version}`],
  ['publiccode.yml', /^releaseDate: .*$/m, `releaseDate: '${day}'`],
  ['src/platform/server/api-version.ts', /(?<=API_VERSION = ')[\d.]+/, version],
];
for (const [file, place, words] of changes) {
  const before = readFileSync(file, 'utf8');
  if (before.search(place) < 0) stop(`${file} does not have the line to change; nothing was committed.`);
  writeFileSync(file, before.replace(place, words));
}
execFileSync('npm', ['version', version, '--no-git-tag-version', '--allow-same-version'], { stdio: 'ignore' });
git('commit', '--quiet', '--all', '--message', `Release ${version}`);
git('tag', '--annotate', `v${version}`, '--message', `Wijkagenda ${version}`);
console.log(`Version ${version} is committed and tagged. To publish: git push --follow-tags`);

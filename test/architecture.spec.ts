import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SRC = join(process.cwd(), 'src');
/** In the order of the story: a room imports only from the rooms before it. */
const ROOMS = [
  'platform',
  'directory',
  'identity',
  'web',
  'files',
  'meetings',
  'actions',
  'budget',
  'questions',
  'minutes',
  'sessions',
  'goals',
  'wijkagenda',
  'reviews',
  'digests',
  'integrations',
  'administration',
  'home',
  'demo',
];
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, path]) => path);
const roomOf = (file: string): string => (file.includes('/') ? file.split('/')[0] : '');
const rankOf = (file: string): number => ROOMS.indexOf(roomOf(file));
const tableOf = (text: string): string | undefined => /@Entity\('(\w+)'/.exec(text)?.[1];
const textsBelow = (folder: string): { path: string; text: string }[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map((file) => ({ path: join(folder, file), text: readFileSync(join(folder, file), 'utf8') }));
const files = textsBelow(SRC).map(({ path, text }) => ({ file: relative(SRC, path), text }));
/** What imports each other in a circle, by the place in the house of each file; undefined for what does not count. */
function circlesOf(placeOf: (file: string) => string | undefined): string[] {
  const left = new Map<string, Set<string>>();
  for (const { file, text } of files) {
    const place = placeOf(file);
    if (place === undefined) continue;
    const targets = importsOf(text).map((path) => placeOf(join(dirname(file), path.replace(/\.js$/, '.ts'))));
    const others = targets.filter((target) => target !== undefined && (target !== place || target === file));
    left.set(place, new Set([...(left.get(place) ?? []), ...others] as string[]));
  }
  // What imports none of the remaining ones is in no circle.
  for (let before = 0; before !== left.size;) {
    before = left.size;
    for (const [place, targets] of left) if (![...targets].some((target) => left.has(target))) left.delete(place);
  }
  return [...left.keys()];
}

/** SQL that names a table of a later room, to check an id or to list choices. This is the only way an earlier room uses it. */
const READS_LATER: Record<string, string[]> = {
  'actions/action-conditions.ts': ['goals'],
  'actions/changes/sent-minutes.ts': ['minutes', 'minutes_parts', 'minutes_versions'],
  'actions/references/action-references.service.ts': ['goals', 'opgaven'],
  'actions/references/served-choices.service.ts': ['goals', 'opgaven'],
  'directory/people/former-access.ts': [
    ...['api_tokens', 'calendar_feeds', 'passkeys', 'sign_in_requests', 'web_sessions'],
  ],
  'directory/organisations/own.conditions.ts': ['invitations', 'meetings'],
  'directory/people/person-view.ts': ['actions'],
  'directory/welcome/welcome-mail.service.ts': ['invitations', 'meetings'],
  'identity/callers.service.ts': ['invitations', 'meetings', 'minutes', 'opgave_departments', 'opgaven', 'sessions'],
  'meetings/adopted-minutes.ts': ['minutes'],
  'meetings/agenda/sent-numbers.ts': ['minutes', 'minutes_events', 'session_invitations'],
  'meetings/files/item-files.service.ts': ['minutes', 'minutes_events'],
  'meetings/parties.service.ts': ['actions', 'goals', 'opgave_departments'],
  'meetings/session-views.service.ts': ['actions', 'discussions'],
  'platform/access/confidentiality.ts': ['action_parties', 'agenda_item_parties', 'minutes_part_parties'],
  'platform/audit/audit-entries.service.ts': ['clients', 'people'],
  'platform/mail/mail-hold.ts': ['areas', 'sessions', 'webhook_deliveries'],
  'platform/database/record-triggers.ts': ['agenda_items', 'minutes_parts'],
  'platform/database/search-triggers.ts': ['action_co_owners', 'actions', 'organisations'],
  'platform/mail/outbox.service.ts': ['people'],
  'platform/database/triggers.ts': [
    ...['budget_changes', 'initiative_changes', 'minutes_parts', 'minutes_versions', 'question_changes'],
  ],
  'platform/events/events.ts': ['webhooks'],
  'platform/mail/address-notices.service.ts': ['people'],
  'web/first-steps.service.ts': ['meetings', 'upkeep'],
};

/** Packages each of which would make the start a tenth longer or more, or take megabytes that few need. */
const HEAVY = [
  '@nestjs/swagger',
  '@simplewebauthn/server',
  'docx',
  'exceljs',
  'juice',
  'mailparser',
  ...['openid-client', 'pdfmake', 'pg', 'sharp'],
];

describe('the house', () => {
  it('has no folder that is not one of the rooms', () => {
    expect(files.map(({ file }) => file).filter((file) => roomOf(file) && rankOf(file) < 0)).toEqual([]);
  });

  it('loads what is heavy when it is first used, not at start', () => {
    const byFile = new Map(files.map(({ file, text }) => [file, text]));
    const seen = new Set(['configure.ts']);
    const heavy: string[] = [];
    for (const file of seen) {
      for (const [, path] of (byFile.get(file) ?? '').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm)) {
        if (path.startsWith('.')) seen.add(join(dirname(file), path.replace(/\.js$/, '.ts')));
        else if (HEAVY.some((name) => path === name || path.startsWith(`${name}/`))) heavy.push(`${file} -> ${path}`);
      }
    }
    expect(seen.size).toBeGreaterThan(200);
    expect(heavy).toEqual([]);
  });

  it('imports in one direction', () => {
    const wrong: string[] = [];
    for (const { file, text } of files) {
      if (!roomOf(file) || roomOf(file) === 'demo') continue;
      for (const path of importsOf(text)) {
        const target = relative(SRC, join(SRC, dirname(file), path));
        if (!roomOf(target) || rankOf(target) > rankOf(file)) wrong.push(`${file} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has one module a room', () => {
    const modules = files.map(({ file }) => file).filter((file) => file.endsWith('.module.ts'));
    const rooms = ROOMS.filter((room) => room !== 'demo').map((room) => `${room}/${room}.module.ts`);
    expect(modules.sort()).toEqual(['app.module.ts', ...rooms].sort());
  });

  it('loads the demo for its own command alone', () => {
    const loading = files.filter(({ file, text }) => roomOf(file) !== 'demo' && /'[^']*\/demo\/[^']*'/.test(text));
    expect(loading.map(({ file }) => file)).toEqual(['cli.ts']);
    expect(loading[0].text).not.toMatch(/^import .*\/demo\//m);
  });

  it('names the tables of later rooms in few places', () => {
    const roomOfTable = new Map(files.flatMap(({ file, text }) => (tableOf(text) ? [[tableOf(text)!, file]] : [])));
    const found: Record<string, string[]> = {};
    for (const { file, text } of files.filter(({ file }) => roomOf(file))) {
      const named = [...text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE) "(\w+)"|\btable: '(\w+)'/g)].map(
        (match) => match[1] ?? match[2],
      );
      const later = named.filter((table) => rankOf(roomOfTable.get(table) ?? '') > rankOf(file));
      if (later.length > 0) found[file] = [...new Set(later)].sort();
    }
    expect(roomOfTable.size).toBeGreaterThan(60);
    expect(found).toEqual(READS_LATER);
  });

  it('has no circle between files, not even of types', () => {
    expect(circlesOf((file) => file)).toEqual([]);
  });

  it('has no circle between the parts of a room: database knows sqlite and postgres, and they do not know it', () => {
    const partOf = (file: string) => (file.split('/').length === 3 ? dirname(file) : undefined);
    expect(new Set(files.map(({ file }) => partOf(file))).size).toBeGreaterThan(50);
    expect(circlesOf(partOf)).toEqual([]);
  });

  it('keeps rules pure: no Nest, no database, no clock', () => {
    const impure = files.filter(
      ({ file, text }) =>
        file.endsWith('.rules.ts') &&
        /^import (?!type )[^;]*from '(@nestjs|typeorm|.*\.service\.js|.*database\/)/m.test(text),
    );
    expect(impure.map(({ file }) => file)).toEqual([]);
  });

  it('asks only the clock for the time', () => {
    const asking = files.filter(
      ({ file, text }) => file !== 'platform/common/clock.ts' && /new Date\(\)|Date\.now\(\)/.test(text),
    );
    expect(asking.map(({ file }) => file)).toEqual([]);
  });

  it('asks which database it is in one folder only', () => {
    const asking = files.filter(
      ({ file, text }) =>
        !file.startsWith('platform/database/') && /isPostgres|options\.type === '(postgres|better-sqlite3)'/.test(text),
    );
    expect(asking.map(({ file }) => file)).toEqual([]);
  });

  it('has one door for writes', () => {
    const beside = files.filter(({ text }) =>
      /[rR]epository(\([^)]*\))?\.(save|insert|update|delete|remove|upsert)\(|\.save\(/.test(text),
    );
    expect(beside.map(({ file }) => file)).toEqual([]);
    const door = ['platform/database/transactions.ts', 'platform/postgres/postgres-transactions.ts'];
    const opening = files.filter(
      ({ file, text }) => !door.includes(file) && /startTransaction|\.transaction\(/.test(text),
    );
    expect(opening.map(({ file }) => file)).toEqual([]);
  });

  it('reads by SQL, so that a read whose connection is lost is asked again', () => {
    const beside = files.filter(({ text }) => /\breader\s*\.(getRepository|manager|createQueryBuilder)\b/.test(text));
    expect(beside.map(({ file }) => file)).toEqual([]);
  });

  it('names the operations and objects of the audit trail in one form, since the chain hashes them', () => {
    const calls =
      /\brecord(?:All|Refusal)?\([^;]*|\boperation(?: =|:)[^;}]*|\bAUDIT_OPERATIONS\b[^;]*|\b[A-Z]+_DESTROYED =.*/g;
    const dotted = /['`]((?:[\w-]|\$\{[\w.]+\})+\.(?:[\w-]|\$\{[\w.]+\})+)['`]/g;
    const found = files
      .filter(({ text }) => /\b[aA]udit\b/.test(text))
      .flatMap(({ text }) => [...text.matchAll(calls)].flatMap(([call]) => [...call.matchAll(dotted)]))
      .map(([, name]) => name);
    const operations = [...new Set(found)];
    expect(operations.length).toBeGreaterThan(100);
    const form = /^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/;
    expect(operations.filter((name) => !form.test(name.replace(/\$\{[^}]+\}/g, 'x')))).toEqual([]);
    const objects = files.flatMap(({ text }) =>
      [...text.matchAll(/\btype: '([^']+)',\s+id\b/g)].map(([, type]) => type),
    );
    expect(objects.length).toBeGreaterThan(50);
    expect(objects.filter((type) => !/^[a-z]+(_[a-z]+)*$/.test(type))).toEqual([]);
  });

  it('increments the version of a row in one file', () => {
    const byHand = files.filter(
      ({ file, text }) =>
        file !== 'platform/database/writes.ts' && /"version" \+ 1|manager\.update\([^;]*\bversion\b/.test(text),
    );
    expect(byHand.map(({ file }) => file)).toEqual([]);
  });

  it('exports only what another file imports', () => {
    const wordsIn = (text: string) => new Set(text.match(/\w+/g));
    const readBy = new Map<string, Set<string>[]>();
    for (const { path, text } of ['src', 'migrations', 'test'].flatMap(textsBelow)) {
      const words = wordsIn(text);
      for (const target of new Set(importsOf(text).map((to) => join(dirname(path), to).replace(/\.js$/, '.ts'))))
        readBy.set(target, [...(readBy.get(target) ?? []), words]);
    }
    const bench = wordsIn(readFileSync('test/bench/place.mjs', 'utf8')); // imports the built service
    const unused = files
      .filter(({ file }) => !file.endsWith('.d.ts'))
      .flatMap(({ file, text }) => {
        const readers = [bench, ...(readBy.get(join('src', file)) ?? [])];
        // A list of codes stands for the type made from it.
        const exported = [...text.matchAll(/^export (?:async )?(?:\w+ )+?(\w+)(?=[ (<:])(?! = \[)/gm)].map(
          ([, name]) => name,
        );
        return exported.filter((name) => !readers.some((words) => words.has(name))).map((name) => `${file}: ${name}`);
      });
    expect(unused).toEqual([]);
  });

  it('has no barrels, no circular tricks, no loose types', () => {
    expect(files.filter(({ file }) => file.endsWith('index.ts')).map(({ file }) => file)).toEqual([]);
    expect(files.filter(({ text }) => /forwardRef|: any\b|as any\b/.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('is never deeper than src/room/part/file, and no folder has more than thirty files', () => {
    expect(files.filter(({ file }) => file.split('/').length > 3).map(({ file }) => file)).toEqual([]);
    const sizes = new Map<string, number>();
    for (const { file } of files) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
    expect([...sizes].filter(([, count]) => count > 30)).toEqual([]);
  });

  it('answers pages with the page kit: no controller of pages writes out verb, status and permission', () => {
    const ownHeaders = files.filter(({ text }) => /\bNotInDocument\(/.test(text)).map(({ file }) => file);
    expect(ownHeaders.sort()).toEqual([
      'administration/operations/metrics.controller.ts',
      'platform/rendering/assets.controller.ts',
      'web/page-kit.ts',
    ]);
  });

  it('takes the forms of pages in handlers of at most ten lines in the median', () => {
    const lengths = files
      .flatMap(({ text }) => [...text.matchAll(/^ {2}@(?:Link)?FormPost\(.*\n(?: {2}@.*\n)*([^]*?)^ {2}\}$/gm)])
      .map(([, handler]) => handler.split('\n').filter((line) => line.trim() !== '').length + 1)
      .sort((one, other) => one - other);
    expect(lengths.length).toBeGreaterThan(100);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(10);
  });

  it('gives no constructor more than seven parameters', () => {
    const parametersOf = (list: string) =>
      list
        .replace(/<[^<>]*>|\([^()]*\)|\{[^{}]*\}/g, '')
        .split(',')
        .filter((one) => one.trim() !== '').length;
    const counts = files.flatMap(({ file, text }) =>
      [...text.matchAll(/\bconstructor\(([^]*?)\) \{/g)].map(([, list]) => ({ file, count: parametersOf(list) })),
    );
    expect(counts.length).toBeGreaterThan(250);
    expect(counts.filter(({ count }) => count > 7)).toEqual([]);
  });
});

/** The text of the minutes of each session that `layYears` made, with a token for a partner. */
import BetterSqlite3 from 'better-sqlite3';
import { connect, hashOf, newSecret } from './place.mjs';

const TOPICS = 6;
const id = (table, n) => `${table.toString(16).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const WORDS =
  'overlast verlichting parkeren speeltuin hondenveld fietspad zwerfvuil jongeren buurthuis rotonde drempel groenstrook bankje hekwerk stoep'.split(
    ' ',
  );
export const wordOf = (n) => WORDS[n % WORDS.length];

/** Six decisions in the minutes of each of `count` sessions; returns a partner's token. */
export async function layMinutes(place, count) {
  const secret = newSecret();
  const now = new Date().toISOString();
  const parts = Array.from({ length: count }, (_, n) => ({
    id: id(21, n + 1),
    versionId: id(20, n + 1),
    label: 'open',
    content: JSON.stringify(contentOf(n + 1)),
    salt: 'salt',
    hash: 'a'.repeat(64),
  }));
  const rows = (make) => Array.from({ length: count }, (_, n) => make(n + 1));
  await insert(place, [
    [
      'minutes_versions',
      rows((n) => ({
        id: id(20, n),
        minutesId: id(11, n),
        number: 1,
        reason: 'closing',
        composedAt: now,
        hash: 'a'.repeat(64),
      })),
    ],
    ['minutes_parts', parts],
    [
      'minutes_events',
      rows((n) => ({ id: id(22, n), minutesId: id(11, n), kind: 'sent', at: now, versionId: id(20, n) })),
    ],
    [
      'agenda_items',
      rows((n) =>
        contentOf(n).items.map((item, k) => ({
          ...item,
          id: id(23 + k, n),
          sessionId: id(10, n),
          position: k,
          isConfidential: false,
        })),
      ).flat(),
    ],
    [
      'api_tokens',
      [
        {
          ...{
            id: id(7, 2),
            personId: id(4, 8),
            name: 'partner',
            createdAt: now,
            expiresAt: '2999-01-01T00:00:00.000Z',
          },
          hash: hashOf(secret),
        },
      ],
    ],
  ]);
  return secret;
}

/** Some six kilobytes of text, in which every word but one occurs in many others. */
function contentOf(n) {
  const sentence = (k) =>
    `Bij ${wordOf(n + k)} en ${wordOf(n * 7 + k)} is afgesproken dat de partijen dit met elkaar oppakken. `;
  const items = Array.from({ length: TOPICS }, (_, k) => ({
    number: String(k + 1),
    kind: 'topic',
    title: `${wordOf(n + k)} in de wijk`,
    notes: sentence(k).repeat(6) + `Zaak ${n * 10 + k}.`,
    decision: `Wij pakken ${wordOf(n * 3 + k)} samen aan, dossier ${n}.`,
    state: 'discussed',
  }));
  return {
    ...{ meeting: { id: id(8, 1), name: 'Professionaloverleg', kind: 'professionals', minutesForm: 'full' } },
    ...{ area: { id: id(1, 1), name: 'Wijk' }, heldOn: '2026-01-01', startTime: null, endTime: null, place: null },
    ...{ chair: null, secretary: null, attendance: { present: [], excused: [], absent: [] }, items },
    ...{ discussed: [], reportedDone: [], actions: [], nextSession: null },
  };
}

async function insert(place, tables) {
  const client = place.kind === 'postgresql' ? await connect(place) : undefined;
  const db = client ? undefined : new BetterSqlite3(place.environment.DATABASE_PATH);
  db?.pragma('synchronous = OFF');
  for (const [table, rows] of tables) {
    const names = Object.keys(rows[0]);
    const columns = names.map((name) => `"${name}"`).join();
    const into = `INSERT INTO "${table}" (${columns})`;
    if (client) {
      const select = `${into} SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1::json)`;
      for (let n = 0; n < rows.length; n += 1000) await client.query(select, [JSON.stringify(rows.slice(n, n + 1000))]);
    } else {
      const statement = db.prepare(`${into} VALUES (${names.map(() => '?').join()})`);
      const value = (one) => (typeof one === 'boolean' ? Number(one) : one);
      db.transaction(() => rows.forEach((row) => statement.run(names.map((name) => value(row[name])))))();
    }
  }
  await client?.end();
  db?.close();
}

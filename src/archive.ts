import { createHash } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Areas } from './directory/areas/areas.service.js';
import { archiveName, archiveWords, type FileOfYear, filesOfYear } from './administration/archive/files-of-year.js';
import {
  fileXml,
  type Identity,
  informationObjectXml,
  UPLOADED,
  WRITTEN,
} from './administration/archive/mdto.rules.js';
import { type Gap, readYear } from './administration/archive/year.js';
import { FILE_FORMATS } from './files/file-formats.rules.js';
import { FileStore, hashOf } from './files/file-store.js';
import { Audit } from './platform/audit/audit.service.js';
import type { Clock } from './platform/common/clock.js';
import type { Database } from './platform/database/database.js';
import { RowHistory } from './platform/database/row-history.js';
import { row } from './platform/database/rows.js';
import { Transactions } from './platform/database/transactions.js';
import { fileNameOf, toDocument } from './minutes/documents/minutes-document.rules.js';
import { minutesPdf } from './minutes/documents/minutes-pdf.js';
import { COMMAND } from './maintenance.js';
import { MinutesService } from './minutes/minutes.service.js';
import type { Settings } from './platform/settings.js';

/** What was written, and what is missing from it. */
interface Archived {
  path: string;
  files: number;
  gaps: Gap[];
}

/** Included in every export, so that its presence does not reveal whether anything is confidential. */
const LEFT_OUT = 'Vertrouwelijke punten en acties staan niet in deze uitvoer, of zij er zijn of niet.';

/**
 * Writes a year of an area and everything below it to a new folder, for the archive: minutes as PDF/A and JSON, the
 * actions agreed that year, their files, and a metadata file for each. Throws if the year is not over, the area is unknown or the
 * folder exists; in that case nothing is left behind.
 */
export async function archiveYear(
  database: Database,
  settings: Settings,
  clock: Clock,
  { areaCode, year, to }: { areaCode: string; year: number; to: string },
): Promise<Archived> {
  if (clock.today() <= `${year}-12-31`) throw new Error(`${year} is not over yet.`);
  const area = await row<{ id: string; name: string }>(
    database.reader,
    'SELECT "id", "name" FROM "areas" WHERE "code" = $1',
    [areaCode],
  );
  if (!area) throw new Error(`There is no area with the code ${areaCode}.`);
  const path = resolve(to);
  if (existsSync(path)) throw new Error(`${path} already exists; nothing was overwritten.`);
  const part = `${path}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  try {
    const archived = await write(database, settings, clock, { ...area, year, part });
    renameSync(part, path);
    return { ...archived, path };
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

async function write(
  database: Database,
  settings: Settings,
  clock: Clock,
  { id: areaId, name, year, part }: { id: string; name: string; year: number; part: string },
): Promise<Omit<Archived, 'path'>> {
  const transactions = new Transactions(database);
  const audit = new Audit(clock);
  const areas = new Areas(database, transactions, audit, clock, new RowHistory(clock));
  const minutes = new MinutesService(database, transactions, audit, settings);
  const areaIds = await areas.idsBelow(areaId, `${year}-12-31`);
  const {
    minutes: copies,
    gaps,
    actions,
    initiatives,
    questions,
  } = await readYear(database.reader, minutes, areaIds, year);
  const folder = new Folder(part, settings.MUNICIPALITY, clock.moment());
  const dossier = { id: `${areaId}/${year}`, name: `${name} ${year}` };
  const parts: Identity[] = [];
  for (const copy of copies) {
    const object = { id: copy.id, name: `Verslag ${copy.meeting.name} ${copy.heldOn}` };
    const pdf = await minutesPdf(toDocument(copy), { isArchive: true, municipality: settings.MUNICIPALITY });
    const base = folder.free(fileNameOf(copy, 'pdf').replace(/\.pdf$/, ''));
    const text = { ...object, fromOn: copy.heldOn, untilOn: copy.heldOn, keptYears: settings.MINUTES_RETENTION_YEARS };
    const description = `Verslag, stand: ${copy.state}, versie ${copy.number}, samengesteld op ${copy.composedAt}.`;
    folder.add(base, { ...text, description, partOf: dossier }, { pdf, json: toJson(copy) });
    parts.push(object);
  }
  const list = { id: `${areaId}/${year}/acties`, name: `Acties ${name} ${year}` };
  const span = { fromOn: `${year}-01-01`, untilOn: `${year}-12-31`, keptYears: settings.ACTIONS_RETENTION_YEARS };
  const description = `Acties die in ${year} zijn afgesproken. ${LEFT_OUT}`;
  folder.add('acties', { ...list, ...span, description, partOf: dossier }, { json: toJson(actions) });
  const lists = [list];
  if (initiatives.length > 0) {
    const money = { id: `${areaId}/${year}/leefbaarheidsbudget`, name: `Leefbaarheidsbudget ${name} ${year}` };
    const what = `Wat uit het leefbaarheidsbudget van ${year} is toegekend of afgewezen. Bedragen in centen.`;
    const file = { ...money, ...span, description: what, partOf: dossier };
    folder.add('leefbaarheidsbudget', file, { json: toJson(initiatives) });
    lists.push(money);
  }
  if (questions.length > 0) {
    const asked = { id: `${areaId}/${year}/vragen`, name: `Vragen ${name} ${year}` };
    const what = `Wat in ${year} is gevraagd, en wat ervan is gekomen.`;
    folder.add('vragen', { ...asked, ...span, description: what, partOf: dossier }, { json: toJson(questions) });
    lists.push(asked);
  }
  const store = new FileStore(settings);
  const sessionIds = copies.map(({ sessionId }) => sessionId);
  for (const file of await filesOfYear(database.reader, areaIds, year, sessionIds)) {
    const object = { id: file.id, name: file.name };
    const keptYears = file.kind === 'agenda_item' ? settings.MINUTES_RETENTION_YEARS : settings.ACTIONS_RETENTION_YEARS;
    const text = { ...object, fromOn: file.on, untilOn: file.on, keptYears, description: archiveWords(file) };
    await folder.copy(folder.free(archiveName(file)), { ...text, partOf: dossier }, file, store.pathOf(file.id));
    parts.push(object);
  }
  const keptYears = Math.max(settings.MINUTES_RETENTION_YEARS, settings.ACTIONS_RETENTION_YEARS);
  folder.describe('dossier', {
    ...{ ...dossier, ...span, keptYears, level: 'Dossier', municipality: settings.MUNICIPALITY },
    ...{ description: `Verslagen en acties van ${name} in ${year}. ${LEFT_OUT}`, parts: [...parts, ...lists] },
  });
  folder.close({ area: name, year, note: LEFT_OUT, gaps });
  await transactions.run((manager) =>
    audit.record(manager, COMMAND, 'area.archived', { type: 'area', id: areaId, areaId }),
  );
  return { files: folder.count, gaps };
}

const toJson = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

type Described = Omit<Parameters<typeof informationObjectXml>[0], 'level' | 'municipality' | 'files'>;

/** The folder of one export: files with their metadata, and a list of all with their checksums. */
class Folder {
  private readonly written = new Map<string, string>();

  constructor(
    private readonly path: string,
    private readonly municipality: string,
    private readonly madeAt: string,
  ) {}

  get count(): number {
    return this.written.size;
  }

  /** An unused file name: an area can have two meetings on one day. */
  free(base: string): string {
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? base : `${base}-${n}`;
      if (!this.written.has(`${name}.mdto.xml`)) return name;
    }
  }

  /** Adds one object in several formats, with metadata of the object and of each file. */
  add(base: string, object: Described, files: Partial<Record<keyof typeof WRITTEN, Buffer>>): void {
    const stored = Object.entries(files) as [keyof typeof WRITTEN, Buffer][];
    const names = stored.map(([format]) => ({ id: `${object.id}/${format}`, name: `${base}.${format}` }));
    for (const [n, [format, content]] of stored.entries()) {
      this.put(names[n].name, content);
      const facts = { bytes: content.length, sha256: sha256(content), format: WRITTEN[format] };
      this.describeFile(names[n], facts, object);
    }
    this.describe(base, { ...object, level: 'Archiefstuk', municipality: this.municipality, files: names });
  }

  /** Adds an uploaded file, with the same metadata. Throws if its bytes are missing, or are not those that were stored. */
  async copy(base: string, object: Described, { format, ...file }: FileOfYear, from: string): Promise<void> {
    const stored = { id: `${object.id}/${format}`, name: `${base}.${FILE_FORMATS[format].ending}` };
    const to = join(this.path, stored.name);
    if (!existsSync(from)) throw new Error(`The file ${file.id} is missing.`);
    await copyFile(from, to);
    if ((await hashOf(to)) !== file.sha256) throw new Error(`The file ${file.id} is damaged.`);
    chmodSync(to, 0o600);
    this.written.set(stored.name, file.sha256);
    this.describeFile(stored, { ...file, format: UPLOADED[format] }, object);
    this.describe(base, { ...object, level: 'Archiefstuk', municipality: this.municipality, files: [stored] });
  }

  private describeFile(
    stored: Identity,
    { bytes, sha256, format }: Pick<Parameters<typeof fileXml>[0], 'bytes' | 'sha256' | 'format'>,
    shows: Identity,
  ): void {
    const { madeAt } = this;
    this.put(`${stored.name}.mdto.xml`, fileXml({ ...stored, bytes, sha256, format, madeAt, shows }));
  }

  describe(base: string, object: Parameters<typeof informationObjectXml>[0]): void {
    this.put(`${base}.mdto.xml`, informationObjectXml(object));
  }

  close(facts: object): void {
    const files = [...this.written].map(([name, hash]) => ({ name, sha256: hash }));
    this.put('inhoud.json', toJson({ ...facts, municipality: this.municipality, madeAt: this.madeAt, files }));
  }

  private put(name: string, content: Buffer | string): void {
    const bytes = Buffer.from(content);
    writeFileSync(join(this.path, name), bytes, { mode: 0o600, flag: 'wx' });
    this.written.set(name, sha256(bytes));
  }
}

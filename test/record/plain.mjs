import { NOW } from './demo.mjs';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** 32 random bytes as base64url, with the prefix that says what they are for. */
const TOKEN = /(?<![\w-])([a-z]{2,4}_)?[\w-]{43}(?![\w-])/g;
const WEBHOOK_SECRET = /whsec_[A-Za-z0-9+/]{43}=/g;
const HASH = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
const ASSET_HASH = /(\/assets\/[\w.-]+?)-[0-9a-f]{8}(?=\.\w+)/g;

const start = new Date(NOW);
const [DAY, UTC_HOUR, HOUR] = [NOW.slice(0, 10), start.toISOString().slice(11, 13), NOW.slice(11, 13)];
const [year, month, day] = DAY.split('-');
const THIS_MOMENT = new RegExp(`${DAY}T${UTC_HOUR}:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|\\+00:00)`, 'g');
const THIS_STAMP = new RegExp(`${year}${month}${day}T${UTC_HOUR}\\d{4}Z`, 'g');
const THIS_DATE_HEADER = new RegExp(
  `\\w{3}, 0?${Number(day)} \\w{3} ${year} ${UTC_HOUR}:\\d\\d:\\d\\d (\\+0000|GMT)`,
  'g',
);
/** On another day, a term that started now: nothing in the demo happens at this hour. */
const TERM_FROM_NOW = new RegExp(`(\\d{4}-\\d\\d-\\d\\dT${UTC_HOUR}):\\d\\d(:\\d\\d(\\.\\d+)?)?Z`, 'g');
const THIS_HOUR = new RegExp(`(?<![\\d:])${HOUR}:\\d\\d(:\\d\\d)?(?![\\d:])`, 'g');
/** Entries of the audit trail are numbered: one more would change every later line. */
const ENTRY = /^\| \d+ (?=\| \d+ \w+ \d{4} om )/gm;
/** The six digits in a sign-in mail. */
const CODE = /^\d{3} \d{3}$/gm;
const ENTRY_IN_JSON = /("sequence": )\d+(,\n\s*"at": )/g;
const ROOM = /(De database is )[\d.,]+ \w+( groot; er is )[\d.,]+ \w+( vrij)/g;
const BOUNDARY = /--_NmP-[0-9a-f]+-Part_\d+/g;
/** Times in the year of the demo: its clock runs while it is filled, so seconds differ. */
const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d\.\d{3}Z/g;

/** Makes text the same in each run: anything random or specific to the machine becomes a placeholder, known ids become names. */
export class Plain {
  constructor(places) {
    this.places = Object.entries(places).filter(([, url]) => url);
    this.labels = new Map();
  }

  label(id, name) {
    this.labels.set(id, name);
  }

  text(source) {
    let text = source;
    for (const [name, url] of this.places) text = text.replaceAll(url, `<${name}>`);
    return text
      .replace(UUID, (id) => `<${this.labels.get(id) ?? 'id'}>`)
      .replace(WEBHOOK_SECRET, '<webhook secret>')
      .replace(HASH, '<hash>')
      .replace(TOKEN, (whole, kind = '') => (/[a-z]/.test(whole) && /[A-Z]/.test(whole) ? `<${kind}token>` : whole))
      .replace(ASSET_HASH, '$1-<hash>')
      .replace(THIS_MOMENT, '<now>')
      .replace(TERM_FROM_NOW, '$1:<minute>Z')
      .replace(THIS_STAMP, '<now>')
      .replace(THIS_DATE_HEADER, '<now>')
      .replace(THIS_HOUR, '<now>')
      .replace(ENTRY, '| <entry> ')
      .replace(ENTRY_IN_JSON, '$1"<entry>"$2')
      .replace(CODE, '<code>')
      .replace(BOUNDARY, '<boundary>')
      .replace(ROOM, '$1<size>$2<size>$3')
      .replace(MOMENT, '$1Z');
  }

  /** The name of the file about this address; the same for addresses that differ only in random parts. */
  fileName(address) {
    const [path, query] = this.text(address).split('?');
    const name = path.replace(/^\/+/, '').replaceAll('/', '__') || 'front';
    const whole = (query ? `${name}@${query}` : name).replace(/[<>]/g, '').replace(/[^\w.@=&%+,~-]+/g, '-');
    return whole.length <= 150 ? whole : `${whole.slice(0, 150)}…`;
  }
}

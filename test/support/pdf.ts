import { inflateSync } from 'node:zlib';

/** An element of the structure tree of a PDF, with the text drawn in it. */
export interface PdfElement {
  type: string;
  scope?: string;
  alt?: string;
  text: string;
  children: PdfElement[];
}
export interface ReadPdf {
  title: string;
  language: string;
  isMarked: boolean;
  pages: number;
  root: PdfElement;
  /** Drawn but not read aloud: page footers, repeated headers. */
  artifacts: string;
  /** Drawn outside any mark; empty in a well-tagged PDF. */
  unmarked: string;
  /** The rightmost start of a text, in points; an A4 page is 595 wide. */
  furthest: number;
}

type Value = string | number | Reference | Value[] | { [key: string]: Value };
class Reference {
  constructor(readonly id: number) {}
}
type Dictionary = { [key: string]: Value };

/** Reads the structure tree of a PDF as written by pdfkit: every object separately, uncompressed. */
export function readPdf(pdf: Buffer): ReadPdf {
  const source = pdf.toString('latin1');
  const objects = new Map<number, Value>();
  const streams = new Map<number, string>();
  for (const { 1: id, 2: body } of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([^]*?)\nendobj/g)) {
    const at = body.indexOf('\nstream\n');
    const value = parse(at < 0 ? body : body.slice(0, at));
    objects.set(Number(id), value);
    if (at < 0) continue;
    const bytes = Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1');
    const isPacked = (value as Dictionary).Filter === '/FlateDecode';
    streams.set(Number(id), (isPacked ? inflateSync(bytes) : bytes).toString('latin1'));
  }
  const get = (value: Value | undefined): Dictionary =>
    (value instanceof Reference ? objects.get(value.id) : (value ?? {})) as Dictionary;
  const trailer = source.slice(source.lastIndexOf('trailer'));
  const refIn = (name: string) => new Reference(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(trailer)![1]));
  const catalog = get(refIn('Root'));
  const pageRefs = get(catalog.Pages).Kids as Reference[];
  const drawn = new Map(pageRefs.map((page) => [page.id, drawnOn(get(page), get, streams)]));
  const textOf = (page: Value | undefined, mcid: number) =>
    page instanceof Reference ? (drawn.get(page.id)!.byId.get(mcid) ?? '') : '';
  const element = (value: Value): PdfElement => {
    const { S, K = [], Pg, A, Alt } = get(value);
    const found: PdfElement = { type: String(S).slice(1), text: '', children: [] };
    const scope = A && get(A).Scope;
    if (scope) found.scope = String(scope).slice(1);
    if (Alt) found.alt = words(Alt);
    for (const kid of (Array.isArray(K) ? K : [K]) as Value[]) {
      if (typeof kid === 'number') found.text += textOf(Pg, kid);
      else if (get(kid).Type === '/MCR') found.text += textOf(get(kid).Pg, get(kid).MCID as number);
      else found.children.push(element(kid));
    }
    return found;
  };
  const [root] = get(catalog.StructTreeRoot).K as Value[];
  const all = [...drawn.values()];
  return {
    title: words(get(get(refIn('Info')).Title) as unknown as Value),
    language: words(catalog.Lang),
    isMarked: get(catalog.MarkInfo).Marked === 'true',
    pages: pageRefs.length,
    root: element(root),
    artifacts: all.map(({ artifacts }) => artifacts).join('\n'),
    unmarked: all.map(({ unmarked }) => unmarked).join(''),
    furthest: Math.max(...all.map(({ furthest }) => furthest)),
  };
}

/** The elements of these types in reading order; of all types if none are given. */
export function elementsOf(root: PdfElement, ...types: string[]): PdfElement[] {
  const below = root.children.flatMap((child) => elementsOf(child, ...types));
  return types.length === 0 || types.includes(root.type) ? [root, ...below] : below;
}

/** The whole text of an element. */
export const wholeText = ({ text, children }: PdfElement): string =>
  [text, ...children.map(wholeText)].join(' ').trim();

interface Drawn {
  byId: Map<number, string>;
  artifacts: string;
  unmarked: string;
  furthest: number;
}

function drawnOn(page: Dictionary, get: (value: Value) => Dictionary, streams: Map<number, string>): Drawn {
  const fonts = get(get(page.Resources).Font ?? {});
  const maps = new Map(
    Object.entries(fonts).map(([name, font]) => {
      const { ToUnicode } = get(font);
      return [name, unicodeOf(streams.get((ToUnicode as Reference).id)!)];
    }),
  );
  const found: Drawn = { byId: new Map(), artifacts: '', unmarked: '', furthest: 0 };
  const open: string[] = [];
  let font = new Map<number, string>();
  const content = streams.get((page.Contents as Reference).id)!;
  for (const [, x] of content.matchAll(/1 0 0 1 ([\d.]+) [\d.]+ Tm/g))
    found.furthest = Math.max(found.furthest, Number(x));
  const marks = /\/(\w+) [\d.]+ Tf|\/(\w+) <<([^>]*)>> BDC|\/(\w+) BMC|EMC|\[([^\]]*)\] TJ/g;
  for (const [whole, fontName, tag, facts, bare, shown] of content.matchAll(marks)) {
    if (fontName) font = maps.get(fontName)!;
    else if (tag) open.push(/\/MCID (\d+)/.exec(facts)?.[1] ?? tag);
    else if (bare) open.push(bare);
    else if (whole === 'EMC') open.pop();
    else {
      const codes = [...shown.matchAll(/<([0-9a-f]*)>/gi)].flatMap(([, hex]) => hex.match(/.{4}/g) ?? []);
      const text = codes.map((code) => font.get(parseInt(code, 16)) ?? '').join('');
      const mark = open.at(-1);
      if (mark === undefined) found.unmarked += text;
      else if (mark === 'Artifact') found.artifacts += text;
      else found.byId.set(Number(mark), (found.byId.get(Number(mark)) ?? '') + text);
    }
  }
  return found;
}

/** From codes of a font to text, by its ToUnicode map. */
function unicodeOf(map: string): Map<number, string> {
  const found = new Map<number, string>();
  const toText = (hex: string) =>
    String.fromCharCode(...(hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((code) => parseInt(code, 16)));
  for (const [, body] of map.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from, , list] of body.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
      [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex], index) =>
        found.set(parseInt(from, 16) + index, toText(hex)),
      );
    }
  }
  return found;
}

/** The text of a PDF string: `(…)` or `<…>`, UTF-16 if it starts with a byte order mark. */
function words(value: Value): string {
  const text = String(value);
  const bytes = text.startsWith('<')
    ? Buffer.from(text.slice(1, -1), 'hex')
    : Buffer.from(
        text.slice(1, -1).replaceAll(/\\([()\\nr])/g, (_, one) => ({ n: '\n', r: '\r' })[one as 'n'] ?? one),
        'latin1',
      );
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
}

const TOKENS = /<<|>>|\[|\]|\((?:\\[^]|[^\\)])*\)|<[0-9a-fA-F]*>|\d+ 0 R|\/[^\s/[\]<>()]+|[^\s/[\]<>()]+/g;

function parse(source: string): Value {
  const tokens = source.match(TOKENS) ?? [];
  let at = 0;
  const next = (): Value => {
    const token = tokens[at++];
    if (token === undefined) throw new Error('The PDF ends within a list or dictionary.');
    if (token === '<<') {
      const found: Dictionary = {};
      while (tokens[at] !== '>>') {
        const key = tokens[at++].slice(1);
        found[key] = next();
      }
      at++;
      return found;
    }
    if (token === '[') {
      const found: Value[] = [];
      while (tokens[at] !== ']') found.push(next());
      at++;
      return found;
    }
    const reference = /^(\d+) 0 R$/.exec(token);
    if (reference) return new Reference(Number(reference[1]));
    return /^-?[\d.]+$/.test(token) ? Number(token) : token;
  };
  return next();
}

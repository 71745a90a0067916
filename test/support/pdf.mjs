import { inflateSync } from 'node:zlib';

class Reference {
  constructor(id) {
    this.id = id;
  }
}

/** Reads the structure tree of a PDF as written by pdfkit: every object separately, uncompressed. */
export function readPdf(pdf) {
  const source = pdf.toString('latin1');
  const objects = new Map();
  const streams = new Map();
  for (const { 1: id, 2: body } of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([^]*?)\nendobj/g)) {
    const at = body.indexOf('\nstream\n');
    const value = parse(at < 0 ? body : body.slice(0, at));
    objects.set(Number(id), value);
    if (at < 0) continue;
    const bytes = Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1');
    const isPacked = value.Filter === '/FlateDecode';
    streams.set(Number(id), (isPacked ? inflateSync(bytes) : bytes).toString('latin1'));
  }
  const get = (value) => (value instanceof Reference ? objects.get(value.id) : (value ?? {}));
  const trailer = source.slice(source.lastIndexOf('trailer'));
  const refIn = (name) => new Reference(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(trailer)[1]));
  const catalog = get(refIn('Root'));
  const pageRefs = get(catalog.Pages).Kids;
  const drawn = new Map(pageRefs.map((page) => [page.id, drawnOn(get(page), get, streams)]));
  const textOf = (page, mcid) => (page instanceof Reference ? (drawn.get(page.id).byId.get(mcid) ?? '') : '');
  const element = (value) => {
    const { S, K = [], Pg, A, Alt } = get(value);
    const found = { type: String(S).slice(1), text: '', children: [] };
    const scope = A && get(A).Scope;
    if (scope) found.scope = String(scope).slice(1);
    if (Alt) found.alt = words(Alt);
    for (const kid of Array.isArray(K) ? K : [K]) {
      if (typeof kid === 'number') found.text += textOf(Pg, kid);
      else if (get(kid).Type === '/MCR') found.text += textOf(get(kid).Pg, get(kid).MCID);
      else found.children.push(element(kid));
    }
    return found;
  };
  const [root] = [get(catalog.StructTreeRoot).K ?? []].flat();
  const all = [...drawn.values()];
  return {
    title: words(get(get(refIn('Info')).Title)),
    language: words(catalog.Lang),
    isMarked: get(catalog.MarkInfo).Marked === 'true',
    pages: pageRefs.length,
    lastPage: [...all.at(-1).byId.values()],
    root: element(root),
    artifacts: all.map(({ artifacts }) => artifacts).join('\n'),
    unmarked: all.map(({ unmarked }) => unmarked).join(''),
    furthest: Math.max(...all.map(({ furthest }) => furthest)),
  };
}

/** The elements of these types in reading order; of all types if none are given. */
export function elementsOf(root, ...types) {
  const below = root.children.flatMap((child) => elementsOf(child, ...types));
  return types.length === 0 || types.includes(root.type) ? [root, ...below] : below;
}

/** The whole text of an element. */
export const wholeText = ({ text, children }) => [text, ...children.map(wholeText)].join(' ').trim();

function drawnOn(page, get, streams) {
  const fonts = get(get(page.Resources).Font ?? {});
  const maps = new Map(
    Object.entries(fonts).map(([name, font]) => {
      const { ToUnicode } = get(font);
      return [name, ToUnicode ? unicodeOf(streams.get(ToUnicode.id)) : new Map()];
    }),
  );
  const found = { byId: new Map(), artifacts: '', unmarked: '', furthest: 0 };
  const open = [];
  let font = new Map();
  const content = streams.get(page.Contents.id);
  for (const [, x] of content.matchAll(/1 0 0 1 ([\d.]+) [\d.]+ Tm/g))
    found.furthest = Math.max(found.furthest, Number(x));
  const marks = /\/(\w+) [\d.]+ Tf|\/(\w+) <<([^>]*)>> BDC|\/(\w+) BMC|EMC|\[([^\]]*)\] TJ/g;
  for (const [whole, fontName, tag, facts, bare, shown] of content.matchAll(marks)) {
    if (fontName) font = maps.get(fontName) ?? font;
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
function unicodeOf(map) {
  const found = new Map();
  const toText = (hex) =>
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
function words(value) {
  const text = String(value);
  const bytes = text.startsWith('<')
    ? Buffer.from(text.slice(1, -1), 'hex')
    : Buffer.from(
        text.slice(1, -1).replaceAll(/\\([()\\nr])/g, (_, one) => ({ n: '\n', r: '\r' })[one] ?? one),
        'latin1',
      );
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
}

const TOKENS = /<<|>>|\[|\]|\((?:\\[^]|[^\\)])*\)|<[0-9a-fA-F]*>|\d+ 0 R|\/[^\s/[\]<>()]+|[^\s/[\]<>()]+/g;

function parse(source) {
  const tokens = source.match(TOKENS) ?? [];
  let at = 0;
  const next = () => {
    const token = tokens[at++];
    if (token === undefined) throw new Error('The PDF ends within a list or dictionary.');
    if (token === '<<') {
      const found = {};
      while (tokens[at] !== '>>') {
        const key = tokens[at++].slice(1);
        found[key] = next();
      }
      at++;
      return found;
    }
    if (token === '[') {
      const found = [];
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

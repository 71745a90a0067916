import { inflateSync } from 'node:zlib';

class Reference {
  constructor(id) {
    this.id = id;
  }
}

/** The structure tree of a PDF as pdfkit writes it, an element a line: its type, what stands for a picture, its text. */
export function linesOfPdf(pdf) {
  const source = pdf.toString('latin1');
  const objects = new Map();
  const streams = new Map();
  for (const { 1: id, 2: body } of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([^]*?)\nendobj/g)) {
    const at = body.indexOf('\nstream\n');
    const value = parse(at < 0 ? body : body.slice(0, at));
    objects.set(Number(id), value);
    if (at < 0) continue;
    const bytes = Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1');
    streams.set(Number(id), (value.Filter === '/FlateDecode' ? inflateSync(bytes) : bytes).toString('latin1'));
  }
  const get = (value) => (value instanceof Reference ? objects.get(value.id) : (value ?? {}));
  const trailer = source.slice(source.lastIndexOf('trailer'));
  const refIn = (name) => new Reference(Number(new RegExp(`/${name} (\\d+) 0 R`).exec(trailer)[1]));
  const catalog = get(refIn('Root'));
  const pages = get(catalog.Pages).Kids;
  const drawn = new Map(pages.map((page) => [page.id, drawnOn(get(page), get, streams)]));
  const lines = [];
  const walk = (value, depth) => {
    const { S, K = [], Pg, A, Alt } = get(value);
    const scope = A && get(A).Scope;
    const at = lines.length;
    let text = '';
    lines.push('');
    for (const kid of Array.isArray(K) ? K : [K]) {
      if (typeof kid === 'number') text += drawn.get(Pg?.id)?.byId.get(kid) ?? '';
      else if (get(kid).Type === '/MCR') text += drawn.get(get(kid).Pg.id)?.byId.get(get(kid).MCID) ?? '';
      else walk(kid, depth + 1);
    }
    const facts = [scope && String(scope).slice(1), Alt && `(${stringOf(Alt)})`, text.trim()].filter(Boolean).join(' ');
    lines[at] = `${'  '.repeat(depth)}${String(S).slice(1)}${facts ? `: ${facts}` : ''}`;
  };
  const roots = catalog.StructTreeRoot ? get(catalog.StructTreeRoot).K : [];
  for (const root of Array.isArray(roots) ? roots : [roots]) walk(root, 0);
  const all = [...drawn.values()];
  const info = get(refIn('Info'));
  return [
    `title: ${stringOf(get(info.Title))}`,
    `language: ${stringOf(catalog.Lang)}, marked: ${get(catalog.MarkInfo).Marked ?? 'false'}, pages: ${pages.length}`,
    '',
    ...lines,
    '',
    ...all.map(({ artifacts }) => `foot: ${artifacts}`),
    ...all.filter(({ unmarked }) => unmarked).map(({ unmarked }) => `unmarked: ${unmarked}`),
  ];
}

function drawnOn(page, get, streams) {
  const fonts = new Map(
    Object.entries(get(get(page.Resources).Font ?? {})).map(([name, font]) => {
      const { ToUnicode } = get(font);
      return [name, ToUnicode ? unicodeOf(streams.get(ToUnicode.id)) : new Map()];
    }),
  );
  const found = { byId: new Map(), artifacts: '', unmarked: '' };
  const open = [];
  let font = new Map();
  const content = streams.get(page.Contents.id);
  const marks = /\/(\w+) [\d.]+ Tf|\/(\w+) <<([^>]*)>> BDC|\/(\w+) BMC|EMC|\[([^\]]*)\] TJ/g;
  for (const [whole, fontName, tag, facts, bare, shown] of content.matchAll(marks)) {
    if (fontName) font = fonts.get(fontName) ?? font;
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

/** Codes of a font to text, out of its ToUnicode map. */
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

/** The text of a PDF string: `(…)` or `<…>`, UTF-16 when it begins with its mark. */
function stringOf(value) {
  const text = String(value ?? '()');
  const unescape = (_, one) => ({ n: '\n', r: '\r' })[one] ?? one;
  const bytes = text.startsWith('<')
    ? Buffer.from(text.slice(1, -1), 'hex')
    : Buffer.from(text.slice(1, -1).replaceAll(/\\([()\\nr])/g, unescape), 'latin1');
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
}

const TOKENS = /<<|>>|\[|\]|\((?:\\[^]|[^\\)])*\)|<[0-9a-fA-F]*>|\d+ 0 R|\/[^\s/[\]<>()]+|[^\s/[\]<>()]+/g;

function parse(source) {
  const tokens = source.match(TOKENS) ?? [];
  let at = 0;
  const next = () => {
    const token = tokens[at++];
    if (token === '<<') {
      const found = {};
      while (at < tokens.length && tokens[at] !== '>>') {
        const key = tokens[at++].slice(1);
        found[key] = next();
      }
      at++;
      return found;
    }
    if (token === '[') {
      const found = [];
      while (at < tokens.length && tokens[at] !== ']') found.push(next());
      at++;
      return found;
    }
    const reference = /^(\d+) 0 R$/.exec(token);
    if (reference) return new Reference(Number(reference[1]));
    return /^-?[\d.]+$/.test(token) ? Number(token) : token;
  };
  return next();
}

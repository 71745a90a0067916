/** A small parser for the HTML of our own templates: elements with attributes and children, texts as strings. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const RAW = /^(script|style)$/;
/** An opening tag that ends a sibling whose closing tag may be left out. */
const ENDS = { li: ['li'], option: ['option'], tr: ['tr', 'td', 'th'], td: ['td', 'th'], th: ['td', 'th'] };
Object.assign(ENDS, { dt: ['dt', 'dd'], dd: ['dt', 'dd'] });

const PIECES =
  /<!--[^]*?-->|<![^>]*>|<\?[^>]*>|<\/([a-zA-Z][\w:-]*)\s*>|<([a-zA-Z][\w:-]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?)*)\s*(\/?)>|[^<]+|</g;
const ATTRIBUTES = /([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g;
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', middot: '·', hellip: '…', euro: '€' };

export const decode = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, number, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    if (number) return String.fromCodePoint(Number(number));
    return NAMED[name.toLowerCase()] ?? whole;
  });

export function parseHtml(source) {
  const root = { tag: '#root', attributes: {}, children: [] };
  const open = [root];
  let skipUntil = -1;
  for (const match of source.matchAll(PIECES)) {
    if (match.index < skipUntil) continue;
    const [whole, closed, opened, attributes, selfClosed] = match;
    const top = open.at(-1);
    if (closed) close(open, closed.toLowerCase());
    else if (opened) {
      const tag = opened.toLowerCase();
      if (ENDS[tag]?.includes(top.tag)) open.pop();
      if (tag === 'tr' && open.at(-1).tag === 'tr') open.pop();
      const element = { tag, attributes: attributesOf(attributes), children: [] };
      open.at(-1).children.push(element);
      if (RAW.test(tag)) {
        const end = source.indexOf(`</${tag}`, match.index);
        element.children.push(source.slice(match.index + whole.length, end < 0 ? undefined : end));
        skipUntil = end < 0 ? source.length : source.indexOf('>', end) + 1;
      } else if (!selfClosed && !VOID.has(tag)) open.push(element);
    } else if (!/^<[!?]/.test(whole)) top.children.push(decode(whole));
  }
  return root;
}

function close(open, tag) {
  for (let at = open.length - 1; at > 0; at -= 1) {
    if (open[at].tag === tag) {
      open.length = at;
      return;
    }
  }
}

function attributesOf(text) {
  const found = {};
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTES)) {
    found[name.toLowerCase()] = decode(double ?? single ?? bare ?? '');
  }
  return found;
}

/** All elements with one of these tags, in document order. */
export function elements(node, ...tags) {
  if (typeof node === 'string') return [];
  const below = node.children.flatMap((child) => elements(child, ...tags));
  return tags.includes(node.tag) ? [node, ...below] : below;
}

/** The text of an element on one line. */
export function words(node) {
  const collect = (one) => {
    if (typeof one === 'string') return one;
    if (RAW.test(one.tag)) return '';
    if (one.tag === 'img') return one.attributes.alt ?? '';
    if (one.tag === 'br') return ' ';
    const inner = one.children.map(collect).join('');
    return BLOCKS.has(one.tag) ? ` ${inner} ` : inner;
  };
  return collect(node).replace(/\s+/g, ' ').trim();
}

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody td tfoot th thead title tr ul'
  ).split(' '),
);
const UNSEEN = new Set('head script style select textarea datalist template noscript'.split(' '));

/** The readable text, one line per block: headings with #, list items with -, cells with |. */
export function visibleText(node) {
  const lines = [];
  let line = '';
  const flush = () => {
    const text = line.replace(/\s+/g, ' ').trim();
    if (text && !/^[-#|▸ ]+$/.test(text)) lines.push(text);
    line = '';
  };
  const walk = (one) => {
    if (typeof one === 'string') {
      line += one;
      return;
    }
    const { tag, attributes } = one;
    if (UNSEEN.has(tag) || attributes.hidden !== undefined) return;
    if (attributes['aria-label'] !== undefined) line += ` (${attributes['aria-label']}) `;
    if (tag === 'img') line += ` (${attributes.alt ?? ''}) `;
    if (tag === 'br') flush();
    if (tag === 'td' || tag === 'th') {
      line += cellOf(one);
      return;
    }
    const isBlock = BLOCKS.has(tag);
    if (isBlock) flush();
    line += prefixOf(tag);
    one.children.forEach(walk);
    if (isBlock) flush();
  };
  walk(node);
  flush();
  return lines;
}

const cellOf = (cell) => ` | ${visibleText({ ...cell, tag: '#cell' }).join(' / ')}`;

function prefixOf(tag) {
  if (/^h[1-6]$/.test(tag)) return `${'#'.repeat(Number(tag[1]))} `;
  if (tag === 'li') return '- ';
  if (tag === 'summary') return '▸ ';
  return '';
}

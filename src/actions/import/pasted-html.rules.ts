/** The HTML source of a table in a mail or on a web page. */
const HTML_TABLE = /^\s*<[!a-z][^]*<tr[\s>]/i;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', euro: '€' };

/** The rows of the first table of an HTML text, their number counted from 1; undefined if it is not HTML. */
export function rowsOfHtml(text: string): { at: number; cells: string[] }[] | undefined {
  if (!HTML_TABLE.test(text)) return undefined;
  const [table] = text.slice(text.search(/<tr[\s>]/i)).split(/<\/table/i);
  const found = table.split(/<tr(?=[\s>])/i).slice(1);
  return found.map((row, n) => ({
    at: n + 1,
    cells: row
      .split(/<t[dh](?=[\s>])/i)
      .slice(1)
      .map(textOf),
  }));
}

/** What follows `<td`: the rest of its tag, and its content. */
function textOf(rest: string): string {
  const [content] = rest.slice(rest.indexOf('>') + 1).split(/<\/t[dh]/i);
  return content
    .replaceAll(/<[^<>]{0,2000}>/g, ' ')
    .replaceAll(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) =>
      name
        ? (ENTITIES[String(name).toLowerCase()] ?? whole)
        : String.fromCodePoint(parseInt(decimal ?? hex, decimal ? 10 : 16)),
    )
    .replaceAll(/\s+/g, ' ')
    .trim();
}

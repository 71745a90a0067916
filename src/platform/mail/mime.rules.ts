const LONGEST_LINE = 76;
const UNSAFE = /[^\x20-\x3c\x3e-\x7e\t\n]/g;

/**
 * Encodes text as quoted-printable (RFC 2045): bytes outside printable ASCII as `=XX`, no white space at the end of a
 * line, no line over 76 characters, CRLF line endings.
 */
export function quotedPrintable(text: string): string {
  const bytes = Buffer.from(text.replace(/\r\n?/g, '\n'), 'utf8').toString('latin1');
  return bytes.replace(UNSAFE, hexOf).split('\n').map(wrapped).join('\r\n');
}

const HEX = Array.from({ length: 256 }, (_, code) => `=${code.toString(16).toUpperCase().padStart(2, '0')}`);
const hexOf = (character: string): string => HEX[character.charCodeAt(0)];

/** Wraps one line with soft breaks that never split an `=XX`. */
function wrapped(line: string): string {
  let rest = /[ \t]$/.test(line) ? line.slice(0, -1) + hexOf(line.slice(-1)) : line;
  const parts: string[] = [];
  while (rest.length > LONGEST_LINE) {
    let end = LONGEST_LINE - 1;
    const escape = rest.lastIndexOf('=', end - 1);
    if (escape > end - 3) end = escape;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  parts.push(rest);
  return parts.join('=\r\n');
}

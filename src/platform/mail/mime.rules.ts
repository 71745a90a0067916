const LONGEST_LINE = 76;
const [TAB, LF, CR, SPACE, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];
const HEX = Buffer.from('0123456789ABCDEF');
/** What a byte is: written as it is, or unless a line ends after it, the end of a line itself, or written as `=XX`. */
const [PLAIN, BLANK, LINE_END, ENCODED] = [0, 1, 2, 3];
const KINDS = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code === LF || code === CR) return LINE_END;
  if (code === SPACE || code === TAB) return BLANK;
  return code > SPACE && code < 0x7f && code !== EQUALS ? PLAIN : ENCODED;
});
/** Of a character in UTF-8, per unit of a string. */
const MOST_BYTES = 3;
/** The text being encoded; kept for the next one. */
let bytes = Buffer.allocUnsafe(1 << 17);
/** A byte takes at most three places, a soft break three more for every 73. */
export const mostEncoded = (text: string): number => 4 * Buffer.byteLength(text) + LONGEST_LINE;

/**
 * Encodes text as quoted-printable (RFC 2045): bytes outside printable ASCII as `=XX`, no white space at the end of a
 * line, no line over 76 characters, CRLF line endings. Soft breaks never split an `=XX`. Written into a buffer with room for
 * `mostEncoded`; returns where it ends. One loop over local variables: closures that share them take three times as long.
 */
export function writeQuotedPrintable(text: string, out: Buffer, start: number): number {
  if (bytes.length < MOST_BYTES * text.length) bytes = Buffer.allocUnsafe(MOST_BYTES * text.length);
  const length = bytes.write(text);
  let at = start;
  /** The last place of this line: only for its last character, or for the sign of a soft break. */
  let last = start + LONGEST_LINE - 1;
  for (let index = 0; index < length; index += 1) {
    const code = bytes[index];
    const kind = KINDS[code];
    if (kind === PLAIN && at < last) {
      out[at++] = code;
      continue;
    }
    if (kind === LINE_END) {
      // After the end of the text it makes no difference what is there.
      if (code === CR && bytes[index + 1] === LF) index += 1;
      out[at++] = CR;
      out[at++] = LF;
      last = at + LONGEST_LINE - 1;
      continue;
    }
    const isEnd = index + 1 === length || KINDS[bytes[index + 1]] === LINE_END;
    const isPlain = kind === PLAIN || (kind === BLANK && !isEnd);
    const end = at + (isPlain ? 1 : 3);
    if (end > last && !(end === last + 1 && isEnd)) {
      out[at++] = EQUALS;
      out[at++] = CR;
      out[at++] = LF;
      last = at + LONGEST_LINE - 1;
    }
    if (isPlain) {
      out[at++] = code;
    } else {
      out[at++] = EQUALS;
      out[at++] = HEX[code >> 4];
      out[at++] = HEX[code & 0x0f];
    }
  }
  return at;
}

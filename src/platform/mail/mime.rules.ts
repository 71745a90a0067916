const LONGEST_LINE = 76;
const [TAB, LF, CR, SPACE, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d];
const SOFT_BREAK = [EQUALS, CR, LF];
const HEX = Buffer.from('0123456789ABCDEF');
/** 1 for a byte that is written as it is, wherever it stands. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, code) => Number(code > SPACE && code < 0x7f && code !== EQUALS));
/** A byte takes at most three places, a soft break three more for every 73. */
export const mostEncoded = (text: string): number => 4 * Buffer.byteLength(text) + LONGEST_LINE;

/**
 * Encodes text as quoted-printable (RFC 2045): bytes outside printable ASCII as `=XX`, no white space at the end of a
 * line, no line over 76 characters, CRLF line endings. Soft breaks never split an `=XX`. Written into a buffer with room for
 * `mostEncoded`; returns where it ends.
 */
export function writeQuotedPrintable(text: string, out: Buffer, start: number): number {
  const bytes = Buffer.from(text, 'utf8');
  const { length } = bytes;
  let at = start;
  /** The last place of this line: only for its last character, or for the sign of a soft break. */
  let last = start + LONGEST_LINE - 1;
  const isEnd = (index: number) => index === length || bytes[index] === LF || bytes[index] === CR;
  const breakIfFull = (room: number, index: number) => {
    if (at + room <= last || (at + room === last + 1 && isEnd(index + 1))) return;
    for (const sign of SOFT_BREAK) out[at++] = sign;
    last = at + LONGEST_LINE - 1;
  };
  for (let index = 0; index < length; index += 1) {
    const code = bytes[index];
    if (PLAIN[code] === 1 || ((code === SPACE || code === TAB) && !isEnd(index + 1))) {
      if (at >= last) breakIfFull(1, index);
      out[at++] = code;
    } else if (code === LF || code === CR) {
      if (code === CR && bytes[index + 1] === LF) index += 1;
      out[at++] = CR;
      out[at++] = LF;
      last = at + LONGEST_LINE - 1;
    } else {
      breakIfFull(3, index);
      out[at++] = EQUALS;
      out[at++] = HEX[code >> 4];
      out[at++] = HEX[code & 0x0f];
    }
  }
  return at;
}

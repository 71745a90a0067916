import pdfDocument, { type DrawnFont, type FontFile, type SetWord } from 'pdfmake/js/PDFDocument.js';
import { ASCENT, DESCENT } from './pdf-typeface.js';

const LINE = { ascender: ASCENT, descender: DESCENT, lineGap: 0 };

/** A font file that was read, and the words that were shaped with it. */
interface Read {
  file: FontFile;
  words: Record<string, SetWord>;
}

const read = new Map<string, Read>();
/** How many words are cached per font; the documents of a municipality have a few thousand different ones. */
const MOST_WORDS = 20_000;

/**
 * A document whose fonts are read once per process and whose words are shaped once: shaping is half of the work of a
 * PDF, and the next one has mostly the same words. Only a word's glyphs and widths are cached.
 */
export class PdfWithKeptWords extends pdfDocument.default {
  override provideFont(family: string, bold: boolean, italics: boolean): DrawnFont {
    const font = super.provideFont(family, bold, italics);
    Object.assign(font, LINE);
    const path = `${family} ${bold} ${italics}`;
    let known = read.get(path);
    if (!known) read.set(path, (known = { file: withLetters(font.font), words: emptyWords() }));
    if (font.layoutCache === known.words) return font;
    if (Object.keys(known.words).length > MOST_WORDS) known.words = emptyWords();
    if (font.font !== known.file) {
      font.font = known.file;
      font.subset = known.file.createSubset();
    }
    font.layoutCache = known.words;
    const set = font.layoutRun.bind(font);
    font.layoutRun = (text, features) => plain(set(text, features));
    return font;
  }
}

/** Of these the letters are what is read aloud and searched for: "fi", not one sign. */
const isLigature = (codePoint: number) => codePoint >= 0xfb00 && codePoint <= 0xfb06;

/**
 * The font file caches each glyph with the character it was first requested for. A glyph that an earlier document used
 * only as a component of another, such as the full stop in a colon, would otherwise have no text for screen readers and
 * search from then on.
 */
function withLetters(file: FontFile): FontFile {
  for (const codePoint of file.characterSet) if (!isLigature(codePoint)) file.glyphForCodePoint(codePoint);
  return file;
}

const emptyWords = (): Record<string, SetWord> => Object.create(null) as Record<string, SetWord>;

/** Without the tables of the font file; the width of a run is computed once. */
const plain = ({ glyphs, positions, advanceWidth }: SetWord): SetWord => ({
  glyphs: glyphs.map(({ id, advanceWidth: width, codePoints }) => ({ id, advanceWidth: width, codePoints })),
  positions,
  advanceWidth,
});

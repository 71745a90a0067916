import pdfDocument, { type DrawnFont, type FontFile, type SetWord } from 'pdfmake/js/PDFDocument.js';

/** A file of letters that was read, and the words that were set in it. */
interface Read {
  file: FontFile;
  words: Record<string, SetWord>;
}

const read = new Map<string, Read>();
/** Words that are kept per file; the documents of a municipality have a few thousand different ones. */
const MOST_WORDS = 20_000;

/**
 * A document whose letters are read from their file once per process, and whose words are set once: setting them is half of
 * the work of a PDF, and the next one has mostly the same. Of a word only its glyphs and widths are kept.
 */
export class PdfWithKeptWords extends pdfDocument.default {
  override provideFont(family: string, bold: boolean, italics: boolean): DrawnFont {
    const font = super.provideFont(family, bold, italics);
    const path = `${family} ${bold} ${italics}`;
    let known = read.get(path);
    if (!known) read.set(path, (known = { file: font.font, words: emptyWords() }));
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

const emptyWords = (): Record<string, SetWord> => Object.create(null) as Record<string, SetWord>;

/** Without the tables of its file; the width of a run is added up once. */
const plain = ({ glyphs, positions, advanceWidth }: SetWord): SetWord => ({
  glyphs: glyphs.map(({ id, advanceWidth: width, codePoints }) => ({ id, advanceWidth: width, codePoints })),
  positions,
  advanceWidth,
});

import pdfmake from 'pdfmake';
import fonts from 'pdfmake/fonts/Roboto.js';

const FONT_FILES = new Set<string>(Object.values(fonts.Roboto));

pdfmake.setFonts(fonts);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => FONT_FILES.has(path));

/** A PDF in Dutch out of a pdfmake definition. It reads the fonts of the package, and nothing else. */
export function toPdf(title: string, definition: object): Promise<Buffer> {
  return pdfmake
    .createPdf({
      version: '1.7',
      tagged: true,
      displayTitle: true,
      language: 'nl-NL',
      info: { title, creator: 'Wijkagenda', producer: 'Wijkagenda' },
      pageSize: 'A4',
      ...definition,
    })
    .getBuffer();
}

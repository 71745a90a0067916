import type { Fields, FormWords } from '../../web/forms.js';

export const toThemes = ({ themes = '' }: Fields): string[] =>
  themes
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export const WIJKAGENDA_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    year: 'Vul een jaar in, zoals 2026.',
    introduction: 'De inleiding is te lang.',
    themes: 'Schrijf één tot twintig thema’s op, elk één keer en van hoogstens 100 tekens.',
    sessionId: 'Kies een vergadering die al is geweest.',
    organisationIds: 'Kies ten minste één partij.',
  },
  codes: {
    WIJKAGENDA_EXISTS: 'Dit gebied heeft al een wijkagenda voor dat jaar.',
    WIJKAGENDA_CLOSED: 'Deze wijkagenda is afgesloten en verandert niet meer.',
    WIJKAGENDA_ADOPTED: 'Deze wijkagenda is al vastgesteld.',
    WIJKAGENDA_IS_DRAFT: 'Stel de wijkagenda eerst vast.',
  },
};

import { AREA_KIND_WORDS } from '../../directory/words.js';
import type { AreaView } from '../../directory/areas/areas.dto.js';
import { type FieldSpec, type Option, optionsOf } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';

const NAME: FieldSpec = { name: 'name', label: 'Naam', type: 'line', isRequired: true };
const CBS: FieldSpec = { name: 'cbsCode', label: 'CBS-code', type: 'line', maximum: 10 };
const CONTACT: FieldSpec = {
  name: 'contactEmail',
  label: 'E-mailadres voor bewoners',
  type: 'email',
  hint: 'Van een team, niet van een persoon. Het staat op de openbare pagina van het gebied.',
};
const INHABITANTS: FieldSpec = {
  name: 'inhabitants',
  label: 'Inwoners per jaar',
  type: 'prose',
  maximum: 2000,
  hint: 'Elk jaar op een eigen regel, bijvoorbeeld: 2026 4125',
};

export const newAreaFields = (areas: readonly Option[]): FieldSpec[] => [
  NAME,
  {
    name: 'code',
    label: 'Code',
    type: 'line',
    maximum: 5,
    isRequired: true,
    hint: 'Twee tot vijf hoofdletters. De acties van dit gebied krijgen deze code in hun nummer, bijvoorbeeld BOS-12. De code kan later niet anders.',
  },
  {
    name: 'kind',
    label: 'Soort',
    type: 'choice',
    isRequired: true,
    options: optionsOf(AREA_KIND_WORDS, 'Kies een soort'),
  },
  { name: 'parentId', label: 'Valt onder', type: 'choice', options: areas, hint: 'Leeg alleen bij de gemeente zelf.' },
  CBS,
  INHABITANTS,
  CONTACT,
];

export const areaFields = (areas: readonly Option[]): FieldSpec[] => [
  { ...NAME, hint: 'Bij een nieuwe naam blijft de oude vindbaar, en staat hij in de verslagen van toen.' },
  { name: 'parentId', label: 'Valt onder', type: 'choice', options: areas },
  {
    name: 'parentFromOn',
    label: 'Onder een ander gebied vanaf',
    type: 'date',
    hint: 'Alleen nodig als het gebied verhuist; leeg is vandaag.',
  },
  CBS,
  INHABITANTS,
  CONTACT,
];

/** "2018 4125" per line as inhabitants per year; unreadable text is passed on unchanged, for the API to reject. */
function inhabitantsIn(text: string): Record<string, unknown> {
  const lines = text.split('\n').map((line) => line.trim());
  return Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const [, year = line, count = ''] = /^(\d{4})[\s:=]+([\d.\s]+)$/.exec(line) ?? [];
      return [year, count === '' ? -1 : Number(count.replaceAll(/[.\s]/g, ''))];
    }),
  );
}

export const toNewArea = ({ inhabitants = '', code = '', ...fields }: Fields) => ({
  ...fields,
  code: code.toUpperCase(),
  ...(inhabitants && { inhabitants: inhabitantsIn(inhabitants) }),
});

/** A parent counts as a move only if it changed; empty fields are cleared. */
export function toAreaChange(fields: Fields, area: AreaView) {
  const { name, parentId = '', parentFromOn = '', cbsCode = '', inhabitants = '', contactEmail = '' } = fields;
  const moves = parentId !== '' && parentId !== area.parentId;
  return {
    name,
    ...(moves && { parentId, parentFromOn }),
    cbsCode: cbsCode || null,
    inhabitants: inhabitants ? inhabitantsIn(inhabitants) : null,
    contactEmail: contactEmail || null,
  };
}

export const areaValues = (area: AreaView): Fields => ({
  name: area.name,
  parentId: area.parentId ?? '',
  cbsCode: area.cbsCode ?? '',
  inhabitants: Object.entries(area.inhabitants ?? {})
    .map(([year, count]) => `${year} ${count}`)
    .join('\n'),
  contactEmail: area.contactEmail ?? '',
});

import type { FileFormat } from '../../files/file-formats.rules.js';

/**
 * Metadata in MDTO-XML 1.0.1 of the Nationaal Archief: one document per object, its elements in the schema's order.
 * Only known values are filled in; the archive adds its own.
 */

/** An element with its content: text, or child elements in order. Null content is omitted. */
type Node = [name: string, content: string | Node[]] | null;

export interface Identity {
  id: string;
  name: string;
}

/** Minutes, an action list, or the dossier that contains them. */
interface InformationObject extends Identity {
  level: 'Dossier' | 'Archiefstuk';
  description: string;
  fromOn: string;
  untilOn: string;
  /** Whole years of retention, counted from the first day after the year. */
  keptYears: number;
  municipality: string;
  partOf?: Identity;
  parts?: readonly Identity[];
  files?: readonly Identity[];
}

interface StoredFile extends Identity {
  format: Format;
  bytes: number;
  sha256: string;
  /** The moment (ISO 8601) the checksum was computed. */
  madeAt: string;
  shows: Identity;
}

/**
 * A format with its identifier in the PRONOM register; null if that would be more specific (a version) than is known.
 */
interface Format {
  label: string;
  pronom: string | null;
}

/** Files written by the archive export itself. */
export const WRITTEN = {
  pdf: { label: 'Acrobat PDF/A - Portable Document Format 2a', pronom: 'fmt/476' },
  json: { label: 'JSON Data Interchange Format', pronom: 'fmt/817' },
} as const satisfies Record<string, Format>;

/** Files that were uploaded. */
export const UPLOADED: Record<FileFormat, Format> = {
  pdf: { label: 'Acrobat PDF - Portable Document Format', pronom: null },
  jpeg: { label: 'JPEG File Interchange Format', pronom: null },
  png: { label: 'Portable Network Graphics', pronom: null },
  docx: { label: 'Microsoft Word for Windows', pronom: 'fmt/412' },
  xlsx: { label: 'Microsoft Excel for Windows', pronom: 'fmt/214' },
};

const SOURCE = 'Wijkagenda';
const NAMESPACE = 'https://www.nationaalarchief.nl/mdto';

export const informationObjectXml = (object: InformationObject): string => {
  const { id, name, level, description, fromOn, untilOn, keptYears, municipality, partOf, parts, files } = object;
  const year = Number(untilOn.slice(0, 4));
  return documentOf('informatieobject', [
    identity('identificatie', id),
    ['naam', name],
    term('aggregatieniveau', level, null, 'Begrippenlijst Aggregatieniveaus MDTO'),
    ['omschrijving', description],
    [
      'dekkingInTijd',
      [
        term('dekkingInTijdType', 'Looptijd', null, 'Begrippenlijst DekkingInTijdType'),
        ['dekkingInTijdBegindatum', fromOn],
        ['dekkingInTijdEinddatum', untilOn],
      ],
    ],
    term('waardering', 'Tijdelijk te bewaren', 'V', 'Begrippenlijst Waarderingen MDTO'),
    [
      'bewaartermijn',
      [
        ['termijnStartdatumLooptijd', `${year + 1}-01-01`],
        ['termijnLooptijd', `P${keptYears}Y`],
        ['termijnEinddatum', `${year + 1 + keptYears}-01-01`],
      ],
    ],
    partOf ? reference('isOnderdeelVan', partOf) : null,
    ...(parts ?? []).map((part) => reference('bevatOnderdeel', part)),
    ...(files ?? []).map((file) => reference('heeftRepresentatie', file)),
    ['archiefvormer', [['verwijzingNaam', municipality]]],
    [
      'beperkingGebruik',
      [
        term('beperkingGebruikType', 'Persoonsgegevens', null, 'Begrippenlijst BeperkingGebruikType'),
        ['beperkingGebruikNadereBeschrijving', 'Bevat namen van deelnemers aan het overleg.'],
      ],
    ],
  ]);
};

export const fileXml = ({ id, name, format, bytes, sha256, madeAt, shows }: StoredFile): string =>
  documentOf('bestand', [
    identity('identificatie', id),
    ['naam', name],
    ['omvang', String(bytes)],
    term('bestandsformaat', format.label, format.pronom, 'PRONOM-register'),
    [
      'checksum',
      [
        term('checksumAlgoritme', 'SHA-256', null, 'Begrippenlijst ChecksumAlgoritme MDTO'),
        ['checksumWaarde', sha256],
        // In whole seconds, as archives expect.
        ['checksumDatum', `${madeAt.slice(0, 19)}Z`],
      ],
    ],
    reference('isRepresentatieVan', shows),
  ]);

const identity = (name: string, id: string): Node => [
  name,
  [
    ['identificatieKenmerk', id],
    ['identificatieBron', SOURCE],
  ],
];

const reference = (name: string, { id, name: called }: Identity): Node => [
  name,
  [['verwijzingNaam', called], identity('verwijzingIdentificatie', id)],
];

const term = (name: string, label: string, code: string | null, list: string): Node => [
  name,
  [
    ['begripLabel', label],
    code === null ? null : ['begripCode', code],
    ['begripBegrippenlijst', [['verwijzingNaam', list]]],
  ],
];

const documentOf = (kind: string, nodes: Node[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n` +
  `<MDTO xmlns="${NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
  `xsi:schemaLocation="${NAMESPACE} ${NAMESPACE}/MDTO-XML1.0.1.xsd">\n${xml([kind, nodes], 1)}</MDTO>\n`;

function xml(node: Node, depth: number): string {
  if (node === null) return '';
  const [name, content] = node;
  const indent = '\t'.repeat(depth);
  if (typeof content === 'string') return `${indent}<${name}>${escaped(content)}</${name}>\n`;
  return `${indent}<${name}>\n${content.map((one) => xml(one, depth + 1)).join('')}${indent}</${name}>\n`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replaceAll(/[&<>]/g, (sign) => ENTITIES[sign]);

import type { ServiceFacts, Finding, Level, Subject } from '../operations/state.rules.js';
import { inOneLine } from '../../platform/rendering/text.js';
import { momentWords } from '../../web/moments.rules.js';
import { type Link, OPERATORS_MANUAL } from '../../web/records.rules.js';

export const SUBJECT_WORDS: Record<Subject, string> = {
  mail: 'Mail',
  webhooks: 'Berichten aan systemen',
  schedule: 'Weekbericht',
  backup: 'Back-up',
  chains: 'Logboek en verslagen',
  storage: 'Opslag',
  retention: 'Bewaartermijnen',
};
export const LEVEL_WORDS: Record<Level, string> = { well: 'in orde', unsure: 'let op', wrong: 'niet in orde' };
export const LEVEL_BADGES: Record<Level, string> = { well: 'success', unsure: 'warning', wrong: 'danger' };

/** What is wrong, and what to do about it. */
interface Words {
  text: string;
  advice?: string;
  /** Where to look, or where the manual for operators says how. */
  link?: Link;
}
type Sentence = (facts: ServiceFacts) => Words;

const LOOK_AT_MAIL = {
  advice: 'Kijk bij "Mail" wat de mailserver zei.',
  link: { href: '/beheer/mail', label: 'Naar de mail' },
};
const LOOK_AT_WEBHOOKS = {
  advice: 'Kijk bij "Berichten aan systemen", onder "Bezorgingen", wat er misgaat.',
  link: { href: '/beheer/berichten', label: 'Naar de berichten' },
};
/** Its chapters by heading, which is what their addresses are made of. */
const inManual = (chapter: string): Link => ({
  href: `${OPERATORS_MANUAL}#${chapter}`,
  label: 'Lees hoe in de handleiding voor beheer',
});
const MAKE_BACKUP = { advice: 'Laat elke nacht een back-up maken.', link: inManual('back-up') };
const VERIFY = { advice: 'Draai op de server: wijkagenda verify.', link: inManual('is-alles-nog-heel') };
const ROOM = inManual('als-de-opslag-hapert');

/** The classes of data with a retention period, as part of a sentence. */
export const RETENTION_WORDS: Record<string, string> = {
  minutes: 'verslagen',
  sessions: 'vergaderingen zonder verslag',
  actions: 'acties',
  initiatives: 'initiatieven',
  questions: 'vragen',
  ratings: 'waarderingen',
  'mail-texts': 'de inhoud van mail',
  mail: 'de lijst van verstuurde mail',
  links: 'links uit mails',
  'sign-ins': 'aanmeldingen',
  tokens: 'tokens',
  webhooks: 'berichten aan systemen',
  imports: 'ingelezen lijsten',
  'idempotency-keys': 'antwoorden aan systemen',
  audit: 'het logboek',
};

const SENTENCES: Record<Subject, Record<string, Sentence>> = {
  mail: {
    well: () => ({ text: 'Alle mail is verstuurd.' }),
    held: ({ mail }) => ({
      text: `Dit is een herstelde kopie. Sinds ${momentWords(mail.heldAt!)} gaat er geen mail uit, en zijn de openbare pagina’s dicht.`,
      advice: 'Is dit de echte dienst? Draai dan op de server: wijkagenda release-mail.',
      link: inManual('herstel'),
    }),
    'not-configured': () => ({
      text: 'Er is geen mailserver ingesteld. Er gaat geen mail uit en er wordt niets klaargezet.',
      advice: 'Zet de instelling SMTP_URL en start de dienst opnieuw.',
    }),
    stuck: ({ mail }) => ({
      text: `${are(mail.waiting, 'mail ligt', 'mails liggen')} al klaar sinds ${momentWords(mail.waitingSince!)}, zonder dat er iets weggaat.`,
      advice: 'Start de dienst opnieuw en kijk in het logboek van de server.',
    }),
    deferred: ({ mail }) => ({
      text: `Voor ${are(mail.deferred, 'mail lukt', 'mails lukt')} het versturen al meer dan een uur niet. Het wordt nog geprobeerd.`,
      ...LOOK_AT_MAIL,
    }),
    failed: ({ mail }) => ({
      text: `In de afgelopen zeven dagen ${mail.failed === 1 ? 'is 1 mail' : `zijn ${mail.failed} mails`} niet aangekomen.`,
      ...LOOK_AT_MAIL,
    }),
  },
  webhooks: {
    well: () => ({ text: 'Alle berichten zijn aangekomen.' }),
    none: () => ({ text: 'Er is geen systeem dat berichten krijgt.' }),
    held: () => ({ text: 'Zolang er geen mail uitgaat, gaan er ook geen berichten naar andere systemen.' }),
    stuck: ({ webhooks }) => ({
      text: `Sinds ${momentWords(webhooks.waitingSince!)} ligt er een bericht klaar, zonder dat er iets weggaat.`,
      advice: 'Start de dienst opnieuw en kijk in het logboek van de server.',
    }),
    deferred: ({ webhooks }) => ({
      text: `Voor ${are(webhooks.deferred, 'bericht lukt', 'berichten lukt')} het versturen al meer dan een uur niet. Het wordt nog geprobeerd.`,
      ...LOOK_AT_WEBHOOKS,
    }),
    failed: ({ webhooks }) => ({
      text: `In de afgelopen zeven dagen ${webhooks.failed === 1 ? 'is 1 bericht' : `zijn ${webhooks.failed} berichten`} niet aangekomen.`,
      ...LOOK_AT_WEBHOOKS,
    }),
  },
  schedule: {
    well: ({ schedule: { last, nextAt } }) => ({
      text:
        last!.state === 'skipped'
          ? `Het weekbericht van ${momentWords(last!.dueAt)} is overgeslagen. Het volgende gaat op ${momentWords(nextAt)}.`
          : last!.planned === 0
            ? `Op ${momentWords(last!.plannedAt)} hoefde niemand een weekbericht te krijgen. Het volgende gaat op ${momentWords(nextAt)}.`
            : `Het laatste weekbericht is op ${momentWords(last!.plannedAt)} klaargezet, voor ${are(last!.planned, 'adres', 'adressen')}. ` +
              `Het volgende gaat op ${momentWords(nextAt)}.`,
    }),
    'nothing-yet': ({ schedule }) => ({ text: `Het eerste weekbericht gaat op ${momentWords(schedule.nextAt)}.` }),
    'no-mail': () => ({ text: 'Zolang er geen mail uitgaat, is er geen weekbericht.' }),
    missed: ({ schedule }) => ({
      text: `Het weekbericht van ${momentWords(schedule.missedAt!)} is niet klaargezet.`,
      advice:
        'Start de dienst opnieuw en kijk in het logboek van de server. Bij "Weekberichten" ziet u of het daarna gaat.',
      link: { href: '/beheer/weekberichten', label: 'Naar de weekberichten' },
    }),
  },
  backup: {
    well: ({ backup }) => ({ text: `De laatste back-up is van ${momentWords(backup!.at)}.` }),
    never: () => ({ text: 'Er is nog geen back-up gemaakt.', ...MAKE_BACKUP }),
    old: ({ backup }) => ({
      text: `De laatste back-up is van ${momentWords(backup!.at)}. Dat is te lang geleden.`,
      ...MAKE_BACKUP,
    }),
  },
  chains: {
    well: ({ verify }) => ({ text: `Op ${momentWords(verify!.at)} nagekeken: alles is heel.` }),
    never: () => ({ text: 'Het logboek en de verslagen zijn nog niet nagekeken.', ...VERIFY }),
    old: ({ verify }) => ({
      text: `Voor het laatst nagekeken op ${momentWords(verify!.at)}: alles was heel. Dat is te lang geleden.`,
      ...VERIFY,
    }),
    broken: ({ verify }) => ({
      text: `Op ${momentWords(verify!.at)} nagekeken: er is iets veranderd buiten de dienst om.`,
      advice: 'Verander niets, bewaar de database en de back-ups, en laat uitzoeken wie bij de database kon.',
      link: VERIFY.link,
    }),
  },
  storage: {
    well: ({ storage: { room } }) => ({
      text: `De database is ${sizeWords(room!.size)} groot; er is ${sizeWords(room!.free)} vrij.`,
    }),
    elsewhere: () => ({ text: 'De gegevens staan in PostgreSQL. Hoeveel ruimte daar is, ziet u daar.' }),
    refusing: () => ({
      text: 'Wijzigingen worden nu niet bewaard. Lezen gaat door.',
      advice: 'Maak ruimte op de schijf. Opnieuw starten is niet nodig.',
      link: ROOM,
    }),
    'little-room': ({ storage: { room } }) => ({
      text: `De database is ${sizeWords(room!.size)} groot en er is nog maar ${sizeWords(room!.free)} vrij.`,
      advice: 'Maak ruimte. Een back-up heeft evenveel ruimte nodig als de database.',
      link: ROOM,
    }),
  },
  retention: {
    well: () => ({ text: 'Er is niets waarvan de bewaartermijn al een maand voorbij is.' }),
    due: ({ retention }) => ({
      text: `De bewaartermijn is al meer dan een maand voorbij voor ${inOneLine(retention.due.map((name) => RETENTION_WORDS[name]))}.`,
      advice: 'Bekijk op de server wat weg mag, en vernietig het daarna: wijkagenda retention.',
      link: inManual('bewaartermijnen'),
    }),
  },
};

/** A finding in words for the administrator, in one or two sentences. */
export const wordsOf = ({ subject, reason }: Finding, facts: ServiceFacts): Words => SENTENCES[subject][reason](facts);

const are = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** "1,4 GB": in decimal units, as shops and disks do. */
function sizeWords(bytes: number): string {
  if (bytes < 1e5) return 'minder dan 0,1 MB';
  const [size, unit] = bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 1 }).format(size)} ${unit}`;
}

/** The blocks in the order of the page: current, requested, late, coming, informative, and maintenance. */
export const BLOCKS = [
  'vandaag',
  'besluiten',
  'te-laat',
  'stand-van-zaken',
  'deze-week',
  'niet-begonnen',
  'zonder-actiehouder',
  'verslagen-klaar',
  'besluit-genomen',
  'te-laat-per-organisatie',
  'vragen-termijn',
  'doelen-meten',
  'leefbaarheidsbudget',
  'eerste-overleg',
  'volgende',
  'niet-gepland',
  'mijn-acties',
  'nieuw-jaar',
  'concepten',
  'vragen',
  'verslagen',
  'organisatie',
  'koers',
  'opgaven',
  'besloten',
  'jaarevaluatie',
  'gepubliceerd',
  'werkt-niet',
  'geweigerd',
  'beginnen',
  'zonder-contact',
] as const;

/** A line of a block: an action, a session, a document. */
export interface StartLine {
  /** Null if there is nothing to open. */
  href: string | null;
  number?: string;
  text: string;
  /** Shown in a row, in grey. */
  facts?: string[];
  /** Shown in red, before the facts. */
  late?: string;
  /** What can be done with it, if that is more than opening it. */
  ways?: StartLink[];
  /** Below it: the latest comment on it, or what it means. */
  said?: string;
}

export interface StartLink {
  href: string;
  label: string;
}

/** One organisation's part of a block, collapsed. */
export interface StartGroup {
  title: string;
  facts: string;
  lines: StartLine[];
  more: StartLink | null;
}

/** An upcoming session, as shown to its participants. */
export interface StartMeeting {
  id: string;
  name: string;
  areaName: string;
  /** "dinsdag 2 juni 2026", "vandaag" or "morgen". */
  when: string;
  time: string;
  place: string;
  isOpen: boolean;
  /** What is ready and who is coming. */
  facts: string[];
  /** The reader's own reply, in words; null if none is asked or given. */
  reply: string | null;
  mayReply: boolean;
  standIn: string;
}

/** A bar of a chart: a share of a whole. */
interface StartBar {
  href: string;
  label: string;
  share: string;
  /** 0 to 100. */
  percent: number;
}

/** A block of the start page. A block without content does not exist. */
export interface StartBlock {
  id: (typeof BLOCKS)[number];
  title: string;
  count?: number;
  intro?: string;
  lines?: StartLine[];
  groups?: StartGroup[];
  /** The number of lines not shown. */
  more?: string;
  meeting?: StartMeeting;
  bars?: StartBar[];
  button?: StartLink | null;
  /** A link below the button, for one-time tasks. */
  aside?: StartLink;
}

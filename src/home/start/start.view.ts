/** A line of a block: an action, a session, a document. */
export interface StartLine {
  /** Null where there is nothing to open. */
  href: string | null;
  number?: string;
  text: string;
  /** Shown one after the other, in grey. */
  facts?: string[];
  /** Shown in red, before the facts. */
  late?: string;
  /** What was last said about it. */
  said?: string;
}

export interface StartLink {
  href: string;
  label: string;
}

/** One organisation's part of a block, folded. */
export interface StartGroup {
  title: string;
  facts: string;
  lines: StartLine[];
  more: StartLink | null;
}

/** A session as its participants see it coming. */
export interface StartMeeting {
  id: string;
  name: string;
  areaName: string;
  /** "dinsdag 2 juni 2026", "vandaag" or "morgen". */
  when: string;
  time: string;
  place: string;
  isOpen: boolean;
  /** What is ready and who comes. */
  facts: string[];
  /** The reader's own reply, in words; null if none is asked or given. */
  reply: string | null;
  mayReply: boolean;
  standIn: string;
}

/** A bar of a picture: a share of a whole. */
export interface StartBar {
  href: string;
  label: string;
  share: string;
  /** 0 to 100. */
  percent: number;
}

/** A block of the start page. A block without content does not exist. */
export interface StartBlock {
  id: string;
  title: string;
  count?: number;
  intro?: string;
  lines?: StartLine[];
  groups?: StartGroup[];
  /** What is not shown. */
  more?: string;
  meeting?: StartMeeting;
  bars?: StartBar[];
  button?: StartLink | null;
  /** A link below the button, for what is done once. */
  aside?: StartLink;
}

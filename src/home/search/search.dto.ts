import { IsIn } from 'class-validator';
import { IsId, IsLine, IsNumberInQuery, Omittable } from '../../platform/common/input.js';

/** What can be found, in the order in which equally good groups are shown. */
export const HIT_KINDS = ['action', 'decision', 'minutes', 'goal', 'opgave', 'person', 'organisation', 'area'] as const;
export type HitKind = (typeof HIT_KINDS)[number];

export class SearchDto {
  /** Words that must all occur, each at the beginning of a word, ignoring case and accents; or a number. */
  @IsLine()
  q: string;
  /** Only results of this kind. */
  @Omittable()
  @IsIn(HIT_KINDS)
  kind?: HitKind;
  /** Only results that belong to this area or to one below it. */
  @Omittable()
  @IsId()
  area?: string;
  /** The number of the page within each group, from 1. */
  @Omittable()
  @IsNumberInQuery(1, 1_000_000)
  page: number = 1;
  /** The number of hits per group and page, at most 100. */
  @Omittable()
  @IsNumberInQuery(1, 100)
  pageSize: number = 20;
}

/** A piece of a text: a word that was searched for, or the text between those. */
export interface TextPiece {
  text: string;
  isMatch: boolean;
}

export interface HitView {
  kind: HitKind;
  /** The id to read it with; that of the session for minutes. */
  id: string;
  /** The number of an action or decision, or the code of an area; null for other kinds. */
  number: string | null;
  title: string;
  titlePieces: TextPiece[];
  /**
   * The part of its text around the words found; empty if they are only in the title. For a decision it is then the
   * beginning of its text, since its title is that of its agenda item.
   */
  excerpt: TextPiece[];
  /** The organisation that owns the action, or to which the person belongs. */
  organisationName: string | null;
  areaId: string | null;
  areaName: string | null;
  /** The deadline of an action, the day of a session, the last day of a goal or opgave. */
  on: string | null;
  /** The status of an action, the state of minutes or a goal, the kind of an organisation or area. */
  state: string | null;
  /** The session of minutes and decisions. */
  sessionId: string | null;
  isConfidential: boolean;
}

export interface HitGroupView {
  kind: HitKind;
  /** The number of hits; at most 100, the newest, of which the best come first. */
  total: number;
  /** Whether there are more. */
  isMore: boolean;
  items: HitView[];
}

/** Groups without hits are left out; the one with the best hit comes first. */
export interface SearchView {
  groups: HitGroupView[];
}

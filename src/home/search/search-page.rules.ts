import { isOverdue } from '../../actions/overdue.rules.js';
import type { ActionStatus } from '../../actions/action.entity.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { piecesOf, wordsOf } from './hits.rules.js';
import { MOST_HITS } from './question.js';
import { HIT_KINDS, type HitGroupView, type HitKind, type HitView, type TextPiece } from './search.dto.js';
import { HIT_STATE_WORDS, KIND_WORDS } from './words.js';

export const SHOWN_PER_GROUP = 5;
export const SHOWN_OF_ONE_KIND = 25;

/** The URL of a search. */
export function searchPath(q: string, { soort = '', gebied = '', pagina = '' }: Record<string, string> = {}): string {
  const given = Object.entries({ q, soort, gebied, pagina }).filter(([, value]) => value !== '');
  return `/zoeken?${new URLSearchParams(given)}`;
}

/** The kind for the Dutch word in the URL; undefined for all. */
export const kindCalled = (soort: string): HitKind | undefined =>
  HIT_KINDS.find((kind) => KIND_WORDS[kind].more === soort);

interface HitLine {
  href: string | null;
  number: string | null;
  pieces: TextPiece[];
  excerpt: TextPiece[];
  /** A day with the word before it: "voor", "van". */
  on: string | null;
  isLate: boolean;
  facts: TextPiece[][];
}

/** One line of the page. */
function toLine(hit: HitView, caller: Caller, words: readonly string[]): HitLine {
  const { kind, state, on, organisationName, areaName, isConfidential, number } = hit;
  const isLate =
    kind === 'action' && isOverdue({ status: state as ActionStatus, resumeOn: null, dueOn: on }, caller.today);
  const facts = [
    state === null ? '' : (HIT_STATE_WORDS[kind]?.[state] ?? ''),
    organisationName ?? '',
    kind === 'area' ? '' : (areaName ?? ''),
    isConfidential ? 'vertrouwelijk' : '',
  ];
  return {
    href: hrefOf(hit, caller),
    number: kind === 'action' || kind === 'area' ? number : null,
    pieces: hit.titlePieces,
    excerpt: hit.excerpt,
    on,
    isLate,
    facts: facts.filter((fact) => fact !== '').map((fact) => piecesOf(fact, fact === organisationName ? words : [])),
  };
}

/** The page of a hit; null if the caller may not open it. */
function hrefOf({ kind, id, sessionId }: HitView, caller: Caller): string | null {
  switch (kind) {
    case 'action':
      return `/acties/${id}`;
    case 'minutes':
      return `/verslagen/${id}`;
    case 'decision':
      return isPermitted(caller, 'minutes.read') ? `/verslagen/${sessionId}` : `/vergaderingen/${sessionId}`;
    case 'goal':
      return `/doelen/${id}`;
    case 'opgave':
      return `/opgaven/${id}`;
    case 'person':
      return isPermitted(caller, 'people.write') ? `/beheer/mensen/${id}` : null;
    case 'organisation':
      return isPermitted(caller, 'organisations.write') ? `/beheer/organisaties/${id}` : null;
    case 'area':
      return `/gebieden/${id}`;
  }
}

/** A group of the page, with a link to the rest of it. */
export function toGroup({ kind, total, isMore, items }: HitGroupView, q: string, gebied: string, caller: Caller) {
  const { heading, more, one } = KIND_WORDS[kind];
  const count = isMore ? `meer dan ${MOST_HITS}` : String(total);
  return {
    id: more,
    heading,
    count,
    lines: items.map((hit) => toLine(hit, caller, wordsOf(q))),
    rest:
      items.length < total ? { href: searchPath(q, { soort: more, gebied }), words: `Alle ${count} ${more}` } : null,
    words: `${count} ${total === 1 && !isMore ? one : more}`,
  };
}

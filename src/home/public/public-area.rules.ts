import { toAnswers, toBudgetLines } from '../../budget/budget-summary.rules.js';
import type { BudgetSummary } from '../../budget/budget-summaries.service.js';
import type { PublicQuestion } from '../../questions/public-questions.js';
import { answerWords, standingWords } from '../../questions/words.js';
import { isOverdue } from '../../actions/overdue.rules.js';
import { dueWords } from '../../actions/words.js';
import { inUnit } from '../../goals/course.rules.js';
import { courseMeaning } from '../../goals/words.js';
import type { MeetingKind } from '../../meetings/meeting.entity.js';
import { inDutch, periodInDutch } from '../../platform/common/calendar-date.js';
import { capital } from '../../platform/rendering/text.js';
import { titleOf } from '../../reviews/documents/review-page.rules.js';
import { publicQuarter, publicWijkagenda } from '../../wijkagenda/public-addresses.js';
import { quarterInDutch } from '../../wijkagenda/quarterly-results/quarterly-results.rules.js';
import { isImage } from '../../files/file-formats.rules.js';
import type { PublicFile } from './public-files.dto.js';
import type { PublicView } from '../../wijkagenda/wijkagenda-document.rules.js';

export interface PublicArea {
  id: string;
  name: string;
  contactEmail: string | null;
  intoId: string | null;
  intoName: string | null;
}

/** A planned session. */
export interface MeetingDay {
  kind: MeetingKind;
  name: string;
  heldOn: string;
  startTime: string | null;
  place: string | null;
}

interface Published {
  area: PublicArea;
  /** Of the latest year; null if the area has published none. */
  wijkagenda: PublicView | null;
  reviews: readonly { id: string; areaName: string; opgave: string | null; fromOn: string; asOf: string }[];
  quarters: readonly { id: string; year: number; quarter: number }[];
  meetings: readonly MeetingDay[];
  files: readonly PublicFile[];
  /** Of the latest year that is public; null if there is none. */
  budget: BudgetSummary | null;
  /** Those that both sides agreed to publish. */
  questions: readonly PublicQuestion[];
}

type PublicAction = PublicView['themes'][number]['actions'][number];
type PublicGoal = PublicView['goals'][number];

/**
 * The page of an area for its residents: what was agreed, the results, what is being worked on, and when people meet.
 * Action numbers mean nothing to them, nor do the names of departments; those who are late or gave up are not named
 * anywhere.
 */
export function toAreaPage(
  { area, wijkagenda, reviews, quarters, meetings, files, budget, questions }: Published,
  today: string,
) {
  const agreed = (wijkagenda?.themes ?? []).flatMap(({ theme, actions }) =>
    actions.map((action) => ({ ...action, theme })),
  );
  const done = agreed.filter(({ status }) => status === 'done');
  const dropped = agreed.filter(({ status }) => status === 'cancelled');
  const running = agreed.filter(({ status }) => status !== 'done' && status !== 'cancelled');
  const isLonger = ({ status, dueOn }: PublicAction): boolean => isOverdue({ status, resumeOn: null, dueOn }, today);
  const longer = running.filter(isLonger).length;
  const counts = { done: done.length, running: running.length, longer, dropped: dropped.length };
  return {
    title: area.name,
    into: area.intoId && area.intoName ? { id: area.intoId, name: area.intoName } : null,
    introduction: wijkagenda?.introduction ?? null,
    year: wijkagenda?.year ?? null,
    summary: agreed.length > 0 ? summaryOf(counts) : null,
    parts: partsOf(counts),
    goals: (wijkagenda?.goals ?? []).map((goal) => toGoal(goal, today)),
    results: done.map(({ what, result }) => ({ what, result })),
    running: running.map((action) => ({
      what: action.what,
      theme: capital(action.theme),
      when: isLonger(action) ? 'duurt langer dan afgesproken' : dueWords(action),
    })),
    dropped: dropped.map(({ what }) => what),
    files: files.map((file) => toPicture(area.id, file)),
    budget: budget && { ...toBudgetLines(budget), ...toAnswers(budget, area.contactEmail, today) },
    questions: questions.map((one) => ({
      title: one.title,
      facts: [one.requestedByName, inDutch(one.askedOn)].filter(Boolean).join(', '),
      standing: standingWords(one),
      answer: answerWords(one),
    })),
    meetings: meetings.map(toMeeting),
    contactEmail: area.contactEmail,
    more: [
      ...(wijkagenda
        ? [{ href: publicWijkagenda(wijkagenda.id), label: `${wijkagenda.label} ${wijkagenda.year}` }]
        : []),
      ...reviews.map((one) => ({
        href: `/jaarevaluaties/${one.id}`,
        label: `${titleOf(one)}, ${periodInDutch(one.fromOn, one.asOf)}`,
      })),
      ...quarters.map((one) => ({
        href: publicQuarter(one.id),
        label: `Gelukt in ${quarterInDutch(one)}`,
      })),
    ],
  };
}

interface PublicCounts {
  done: number;
  running: number;
  /** Those among the running ones whose day has passed. */
  longer: number;
  dropped: number;
}

const LONGER = ' langer dan afgesproken';

/** "Van de 12 afspraken zijn er 5 klaar. Aan 6 wordt gewerkt; 2 daarvan duren langer dan afgesproken. 1 gaat niet door." */
export function summaryOf({ done, running, longer, dropped }: PublicCounts): string {
  const all = done + running + dropped;
  const opening =
    all === 1
      ? `Er is 1 afspraak${done === 1 ? ', en die is klaar' : ''}.`
      : `Van de ${all} afspraken ${done === 1 ? 'is er 1' : `zijn er ${done === 0 ? 'nog geen' : done}`} klaar.`;
  const late =
    longer === 0
      ? ''
      : longer === running
        ? `,${LONGER}`
        : `; ${longer} daarvan ${longer === 1 ? 'duurt' : 'duren'}${LONGER}`;
  const work = running === 0 ? [] : [`Aan ${running} wordt ${longer === running ? 'nog ' : ''}gewerkt${late}.`];
  const ended = dropped === 0 ? [] : [`${dropped} ${dropped === 1 ? 'gaat' : 'gaan'} niet door.`];
  return [opening, ...work, ...ended].join(' ');
}

/** The parts of the bar, in per cent of its width with two decimals, so that they adjoin without gaps. */
function partsOf({ done, running, dropped }: PublicCounts) {
  const all = done + running + dropped;
  let before = 0;
  return [
    { fill: 'done', name: 'klaar', count: done },
    { fill: 'running', name: 'wordt aan gewerkt', count: running },
    { fill: 'dropped', name: 'gaat niet door', count: dropped },
  ].flatMap(({ count, ...part }) => {
    if (count === 0) return [];
    const x = ((before / all) * 100).toFixed(2);
    before += count;
    return [{ ...part, count, x, width: ((count / all) * 100).toFixed(2) }];
  });
}

function toGoal(goal: PublicGoal, today: string) {
  const { lastMeasurement: last, target, unit, indicator, startsOn, course } = goal;
  const aim = target === null ? null : `We willen naar ${inUnit(target, unit)}${indicator ? ` (${indicator})` : ''}.`;
  const now = last ? `Het laatst gemeten: ${inUnit(last.value, unit)}, op ${inDutch(last.measuredOn)}.` : null;
  const isBegun = startsOn === null || startsOn <= today;
  return {
    title: goal.title,
    text: goal.endResult ?? goal.description,
    course: isBegun ? courseMeaning(course, last !== null) : `Begint op ${inDutch(startsOn)}`,
    facts: [aim, now].filter((one) => one !== null).join(' '),
    hasProgress: goal.progress !== null,
    progress: goal.progress ?? 0,
  };
}

/** Photos are shown; documents are named after their subject. */
function toPicture(areaId: string, { id, what, format }: PublicFile) {
  const href = `/v1/public/areas/${areaId}/files/${id}`;
  return { what, href, thumbnail: isImage(format) ? `${href}/thumbnail` : null, ending: format.toUpperCase() };
}

/** Meetings that residents can attend are shown with name and place, others only with their day. */
function toMeeting({ kind, name, heldOn, startTime, place }: MeetingDay) {
  const isOpen = kind !== 'professionals';
  return {
    on: capital(inDutch(heldOn)),
    at: startTime,
    name: isOpen ? name : 'Overleg van de gemeente en haar partners',
    place: isOpen ? place : null,
    who: kind === 'walk_in' ? 'U kunt zo binnenlopen.' : isOpen ? 'Voor bewoners.' : 'Dit overleg is niet openbaar.',
  };
}

import type { EarlyWarning } from '../early-warnings.rules.js';
import type { AreaCourse, CourseKind, Stalled, TotalCourse } from '../koersoverzicht/koersoverzicht.rules.js';
import { listOf } from '../koersoverzicht/course-links.rules.js';
import { changeWords } from '../koersoverzicht/course-counts.rules.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import type { YearHours } from '../koersoverzicht/koersoverzicht.dto.js';
import { COURSE_KIND_WORDS, inHours } from '../words.js';

/** A number of the table, with the list behind it. */
interface CourseCell {
  label: string;
  /** Null if the number does not apply to this row. */
  value: number | null;
  href: string | null;
  /** The total it is part of, and the whole percentage; only for late actions. */
  of: number | null;
  /** The list of that total. */
  ofHref: string | null;
  percent: number;
  /** "3 meer dan een maand geleden". */
  change: string | null;
  /** "+3" */
  changeSign: string;
}

interface CourseRow {
  name: string;
  /** The same when it is read out by itself: "REO, Boskoop". */
  spoken: string;
  href: string | null;
  /** Its indentation below other areas, 0 to 3. */
  level: number;
  isArea: boolean;
  cells: CourseCell[];
}

const OF_ACTIONS: CourseKind[] = ['overdue', 'blocked', 'unresponsive', 'unansweredEscalations'];
const OF_GOALS: CourseKind[] = ['goalsOrange', 'goalsRed'];
const ALL_COLUMNS: CourseKind[] = [...OF_ACTIONS, ...OF_GOALS, 'sessionsWithoutMinutes'];
const MOST_LEVELS = 3;

/** Without the columns of goals and minutes if the reader may not see them. */
export const columnsOf = ({ goalsOrange, sessionsWithoutMinutes }: TotalCourse): CourseKind[] => [
  ...OF_ACTIONS,
  ...(goalsOrange === null ? [] : OF_GOALS),
  ...(sessionsWithoutMinutes === null ? [] : (['sessionsWithoutMinutes'] as const)),
];

function cellsOf(counts: Partial<TotalCourse> & Stalled, columns: CourseKind[], href: (kind: CourseKind) => string) {
  return columns.map((kind): CourseCell => {
    const value = counts[kind] ?? null;
    const change = counts.overdue - counts.overdueMonthAgo;
    const isShare = kind === 'overdue' && counts.open > 0;
    return {
      label: COURSE_KIND_WORDS[kind],
      value,
      href: value ? href(kind) : null,
      of: isShare ? counts.open : null,
      ofHref: isShare ? href('open') : null,
      percent: isShare ? Math.round((100 * counts.overdue) / counts.open) : 0,
      change: kind === 'overdue' ? changeWords(change) : null,
      changeSign: change > 0 ? `+${change}` : `−${-change}`,
    };
  });
}

/**
 * Rows for the areas and departments where something is stalled; the others are only named, so that it fits on one
 * screen. An area with others below it adds them up.
 */
export function rowsOf(
  areas: readonly AreaCourse[],
  columns: CourseKind[],
  domain?: string,
): { rows: CourseRow[]; quiet: AreaCourse[] } {
  const levels = new Map<string, number>();
  const rows: CourseRow[] = [];
  const quiet: AreaCourse[] = [];
  for (const area of areas) {
    const { areaId, areaName, parentId, departments, withBelow } = area;
    const level = parentId === null ? 0 : Math.min(MOST_LEVELS, (levels.get(parentId) ?? 0) + 1);
    levels.set(areaId, level);
    const counts = { ...area, ...withBelow };
    if (isQuiet(counts)) {
      if (withBelow === null) quiet.push(area);
      continue;
    }
    const cells = cellsOf(counts, columns, (kind) => listOf(kind, { area: areaId, domein: domain }));
    rows.push({ name: areaName, spoken: areaName, href: `/gebieden/${areaId}`, level, isArea: true, cells });
    if (withBelow !== null) continue;
    for (const one of departments.filter((department) => !isQuiet(department))) {
      const own = cellsOf(one, columns, (kind) =>
        listOf(kind, { area: areaId, organisatie: one.organisationId, domein: domain }),
      );
      const spoken = `${one.name}, ${areaName}`;
      rows.push({ name: one.name, spoken, href: null, level: level + 1, isArea: false, cells: own });
    }
  }
  return { rows, quiet };
}

/** Whether nothing is stalled: open actions and those late a month ago do not matter. */
const isQuiet = (counts: Partial<TotalCourse>): boolean => ALL_COLUMNS.every((kind) => !counts[kind]);

export const totalRow = (
  total: TotalCourse,
  columns: CourseKind[],
  { area, domain }: { area?: string; domain?: string },
): CourseRow => ({
  ...{ name: 'Samen', spoken: 'samen', href: null, level: 0, isArea: true },
  cells: cellsOf(total, columns, (kind) => listOf(kind, { area, domein: domain })),
});

/** An early warning as a line, with the page of its subject; of a theme the list of its actions. */
export const toWarningLine = ({ subject, areaName, reason }: EarlyWarning) => ({
  name: subject.name,
  href: PAGES[subject.type](subject),
  areaName,
  reason,
});

const PAGES: Record<EarlyWarning['subject']['type'], (subject: EarlyWarning['subject']) => string> = {
  action: ({ id }) => `/acties/${id}`,
  goal: ({ id }) => `/doelen/${id}`,
  organisation: ({ id }) => `/beheer/organisaties/${id}`,
  theme: ({ name }) => `/acties?${new URLSearchParams({ thema: name }).toString()}`,
};

/**
 * "Sinds 29 november 2025: …"; null if no end of a session was entered. Hours are shown beside results, without a
 * ratio.
 */
export function yearWords({ fromOn, held, timed, minutes, agreed, realised }: YearHours): string | null {
  if (timed === 0) return null;
  const sessions = `${timed} ${timed === 1 ? 'vergadering' : 'vergaderingen'}, samen ${inHours(minutes)}`;
  const unknown = held > timed ? ` Van nog ${held - timed} is niet opgeschreven hoe laat het afgelopen was.` : '';
  return `Sinds ${inDutch(fromOn)}: ${sessions}. In die tijd zijn ${agreed} acties afgesproken; daarvan zijn er ${realised} gelukt.${unknown}`;
}

import { DateTime } from 'luxon';
import { daysBetween, inDutch } from '../../platform/common/calendar-date.js';
import type { Chart } from '../../platform/documents/blocks.js';
import { chartOf, type Drawing, round, svgText } from '../../platform/documents/svg.js';
import { PAPER } from '../../platform/rendering/tokens.js';
import { asPreciseAs, dutch, expectedValue, inUnit, type Measured } from '../course.rules.js';

/** The fields of a goal that a trend needs. */
interface TrendGoal {
  unit: string | null;
  courseKind: string;
  baseline: number | null;
  baselineOn: string | null;
  target: number | null;
  startsOn: string | null;
  endsOn: string | null;
}

const HEIGHT = 160;
const LEFT = 56;
const RIGHT = 24;
const TOP = 20;
const BOTTOM = 36;
/** The height of a label: two that are closer cannot be read. */
const LETTERS = 12;
/** The fraction of the range left free above and below the line. */
const AIR = 0.1;

/**
 * The progress of a goal from its baseline to its target: measurements as a line with points, the straight line dashed,
 * the target dotted. Null without a period, a target, or anything measured. The id is unique in its document.
 */
export function trendOf(
  goal: TrendGoal,
  measured: readonly Measured[],
  { id, title } = { id: 'verloop', title: 'Hoe het verloopt' },
): Chart | null {
  const { baseline, target, startsOn, endsOn } = goal;
  if (!startsOn || !endsOn || startsOn >= endsOn || target === null) return null;
  const points = [
    ...(baseline !== null ? [{ measuredOn: goal.baselineOn ?? startsOn, value: baseline }] : []),
    ...[...measured].sort((one, other) => (one.measuredOn < other.measuredOn ? -1 : 1)),
  ];
  if (points.length === 0) return null;
  const days = [startsOn, endsOn, ...points.map(({ measuredOn }) => measuredOn)].sort();
  const [from, until] = [days[0], days.at(-1)!];
  const values = [target, ...points.map(({ value }) => value)];
  const [low, high] = rangeOf(values);
  const draw = (width: number): Drawing => {
    const x = (day: string): number =>
      LEFT + (daysBetween(from, day) / daysBetween(from, until)) * (width - LEFT - RIGHT);
    const y = (value: number): number => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
    const floor = line([LEFT, HEIGHT - BOTTOM], [width - RIGHT, HEIGHT - BOTTOM]);
    const aim = line([LEFT, y(target)], [width - RIGHT, y(target)], ' stroke-dasharray="2 4"');
    const isLine = baseline !== null && goal.courseKind === 'line';
    const straight = isLine ? line([x(startsOn), y(baseline)], [x(endsOn), y(target)], ' stroke-dasharray="8 5"') : '';
    const way = points.map(({ measuredOn, value }) => `${round(x(measuredOn))},${round(y(value))}`).join(' ');
    const drawn = [
      floor,
      aim,
      straight,
      `<polyline points="${way}" fill="none" stroke="${PAPER.accent}" stroke-width="2.5" class="accent-line"/>`,
      ...points.map(({ measuredOn, value }) => dot(x(measuredOn), y(value))),
      svgText(LEFT - 8, y(target) + 4, dutch(target), 'end'),
      svgText(LEFT + 4, y(target) - 6, 'streefwaarde'),
      ...(baseline !== null && Math.abs(y(baseline) - y(target)) >= LETTERS
        ? [svgText(LEFT - 8, y(baseline) + 4, dutch(baseline), 'end')]
        : []),
      svgText(LEFT, HEIGHT - BOTTOM + 18, monthOf(from)),
      svgText(width - RIGHT, HEIGHT - BOTTOM + 18, monthOf(until), 'end'),
      ...(isLine
        ? [svgText((LEFT + width) / 2, HEIGHT - 4, 'streepjes: de rechte lijn naar de streefwaarde', 'middle')]
        : []),
    ];
    return { content: drawn.join(''), height: HEIGHT };
  };
  return chartOf(id, title, trendSentence(goal, measured), draw);
}

/** What the chart shows: "Van 40 op 1 januari 2026 naar 55 op 1 juni 2026; op de rechte lijn was dat 60." */
export function trendSentence(goal: TrendGoal, measured: readonly Measured[]): string {
  const { baseline, target, startsOn, endsOn, unit } = goal;
  const last = measured.reduce<Measured | null>(
    (one, other) => (one && one.measuredOn >= other.measuredOn ? one : other),
    null,
  );
  const aim = target !== null && endsOn ? `De streefwaarde is ${inUnit(target, unit)} op ${inDutch(endsOn)}.` : '';
  if (!last) return ['Er is nog niet gemeten.', aim].filter(Boolean).join(' ');
  const begun =
    baseline !== null
      ? `Van ${inUnit(baseline, unit)} naar ${inUnit(last.value, unit)}`
      : `Gemeten is ${inUnit(last.value, unit)}`;
  const isLine = goal.courseKind === 'line' && baseline !== null && target !== null && startsOn && endsOn;
  const expected = isLine ? expectedValue({ baseline, target, startsOn, endsOn }, last.measuredOn) : null;
  const then = expected === null ? null : asPreciseAs(expected, [baseline!, target!, last.value]);
  const compared = then === null ? '' : `; op de rechte lijn was dat ${inUnit(then, unit)}`;
  return [`${begun} op ${inDutch(last.measuredOn)}${compared}.`, aim].filter(Boolean).join(' ');
}

function rangeOf(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high - low || Math.abs(high) || 1) * AIR;
  return [low - air, high + air];
}

const line = ([x1, y1]: [number, number], [x2, y2]: [number, number], dash = ''): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${PAPER.ink}" stroke-width="1"${dash} class="ink-line"/>`;
const dot = (x: number, y: number): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="4" fill="${PAPER.accent}" class="accent"/>`;
const monthOf = (day: string): string => DateTime.fromISO(day, { locale: 'nl' }).toFormat('LLL yyyy');

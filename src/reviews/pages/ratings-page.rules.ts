import type { Caller } from '../../platform/access/caller.js';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { type Table, tableOf } from '../../web/tables.rules.js';
import { withoutZeros } from '../documents/review-page.rules.js';
import { decimal } from '../documents/review-sentences.rules.js';
import { RATING_ANSWERS, type RatingAnswer } from '../ratings/rating.entity.js';
import type { RatingRoundView } from '../ratings/ratings.dto.js';
import type { RatingResults } from '../ratings/ratings.rules.js';
import { kindName, RATING_ANSWER_WORDS } from '../words.js';

/** The results of a round and, from the same list, of the year before. */
interface Shown {
  results?: RatingResults;
  before?: RatingResults;
}

/** Rounds as their page shows them, with the results that the reader may see by the id of their round. */
export function toRounds(
  rounds: readonly RatingRoundView[],
  results: ReadonlyMap<string, RatingResults>,
  caller: Caller,
) {
  return rounds.map((round) => {
    const before = rounds.find(({ areaId, year }) => areaId === round.areaId && year === round.year - 1);
    return toRound(round, { results: results.get(round.id), before: before && results.get(before.id) }, caller);
  });
}

function toRound(round: RatingRoundView, { results, before }: Shown, caller: Caller) {
  const { id, areaId, areaName, year, openedAt, closedAt, asked, answered, version } = round;
  const total = results?.total;
  return {
    id,
    version,
    name: `${areaName} ${year}`,
    opened: inDutch(dayOf(openedAt)),
    closed: closedAt ? inDutch(dayOf(closedAt)) : null,
    counts: asked === null ? null : `${answered ?? 0} van ${asked} gaven antwoord`,
    mayClose: closedAt === null && isPermittedIn(caller, 'ratings.write', areaId),
    isHidden: results && !total,
    mark: total ? decimal(total.mark!) : null,
    markBefore: before?.total ? decimal(before.total.mark!) : null,
    table: results && total ? tallyOf(`Antwoorden ${areaName} ${year}`, results, before) : null,
    wentWell: results?.wentWell ?? [],
    canBeBetter: results?.canBeBetter ?? [],
  };
}

type Summary = Omit<RatingResults['kinds'][number], 'kind'>;

/** Per kind of organisation, and together. */
function tallyOf(caption: string, { kinds, total }: RatingResults, before?: RatingResults): Table {
  const named: [string, Summary, Summary | null | undefined][] = [
    ...kinds.map((one): [string, Summary, Summary | undefined] => [
      kindName(one.kind),
      one,
      before?.kinds.find(({ kind }) => kind === one.kind),
    ]),
    ['Samen', total!, before?.total],
  ];
  return tableOf(caption, named, {
    Wie: ([name]) => name,
    Antwoorden: ([, { answered }]) => answered,
    Cijfer: ([, { mark }]) => decimal(mark!),
    'Jaar eerder': ([, , then]) => then && decimal(then.mark!),
    'Eén mond?': ([, { speaksAsOne }]) => countsOf(speaksAsOne),
    'Afspraken nagekomen?': ([, { keptAgreements }]) => countsOf(keptAgreements),
  });
}

const countsOf = (counts: Record<RatingAnswer, number>): string =>
  withoutZeros(...RATING_ANSWERS.map((answer): [number, string] => [counts[answer], RATING_ANSWER_WORDS[answer]]));

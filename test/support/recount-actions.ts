import { daysFrom, isYes, middle, type Raw, share, type Tables, text, withBelow } from './recount-rows.js';

/** An action as it stood at the end of a day. */
export type Stood = Raw & { isAgreed: boolean; wasOpen: boolean; isContinued: boolean };
type StoodInRows = Stood & { actionId: string };

/** "on hold" ends by itself: from its resume date the action reads as open. */
export const statusThen = ({ status, resumeOn }: Raw, day: string): string =>
  status === 'on_hold' && resumeOn !== null && text(resumeOn) <= day ? 'open' : text(status);

export const isClosedStatus = (status: string): boolean => status === 'done' || status === 'cancelled';

export function isLate(action: Raw, day: string): boolean {
  const status = statusThen(action, day);
  return !isClosedStatus(status) && status !== 'on_hold' && action.dueOn !== null && text(action.dueOn) < day;
}

export const isListed = (action: Raw): boolean =>
  !isYes(action.isWithdrawn) && action.dueKind !== null && (action.ownerId !== null || isYes(action.isHandedBack));

function lastOf(updates: readonly Raw[], isEarlyEnough: (day: string) => boolean): Raw | undefined {
  const early = updates.filter(({ effectiveOn }) => isEarlyEnough(text(effectiveOn)));
  return early.sort(
    (one, other) =>
      text(one.effectiveOn).localeCompare(text(other.effectiveOn)) || Number(one.sequence) - Number(other.sequence),
  )[early.length - 1];
}

interface Period {
  areaId: string;
  fromOn: string;
  asOf: string;
}

/** The actions that count in a period: one row each, as they stood on its last day. */
function standing(tables: Tables, { areaId, fromOn, asOf }: Period): StoodInRows[] {
  const areas = withBelow(tables, areaId, asOf);
  const histories = new Map<string, Raw[]>();
  for (const update of tables.action_updates)
    histories.set(text(update.actionId), [...(histories.get(text(update.actionId)) ?? []), update]);
  const existed = (action: Raw): boolean =>
    !isYes(action.isConfidential) &&
    !isYes(action.isWithdrawn) &&
    lastOf(histories.get(text(action.id))!, (day) => day <= asOf) !== undefined;
  return tables.actions.flatMap((action) => {
    const history = histories.get(text(action.id)) ?? [];
    const state = lastOf(history, (day) => day <= asOf);
    if (!state || !areas.includes(text(action.areaId)) || isYes(action.isConfidential) || isYes(action.isWithdrawn))
      return [];
    if (isYes(state.isConfidential) || !isListed(state)) return [];
    const isAgreed = text(action.recordedOn) >= fromOn && text(action.recordedOn) <= asOf;
    if (text(action.recordedOn) > asOf) return [];
    const before = lastOf(history, (day) => day < fromOn);
    const wasOpen = text(action.recordedOn) < fromOn && (before === undefined || before.closedOn === null);
    if (!isAgreed && state.closedOn !== null && text(state.closedOn) < fromOn) return [];
    const isContinued =
      state.closedOn !== null && tables.actions.some((next) => next.followsOnId === action.id && existed(next));
    return [
      {
        ...state,
        areaId: action.areaId,
        recordedOn: action.recordedOn,
        actionId: text(action.id),
        isAgreed,
        wasOpen,
        isContinued,
      },
    ];
  });
}

/** The last judgement of another party about an action. */
function judgementOf(tables: Tables, action: StoodInRows, asOf: string): string | null {
  const of = tables.judgements.filter(
    (one) => one.actionId === action.actionId && one.organisationId !== action.ownerId && text(one.judgedOn) <= asOf,
  );
  const last = of.sort((one, other) =>
    `${text(one.recordedAt)}${text(one.id)}`.localeCompare(`${text(other.recordedAt)}${text(other.id)}`),
  );
  return of.length === 0 ? null : text(last[of.length - 1].judgement);
}

/** Every count of a group of actions, each by its own definition. */
export function countsOf<Action extends Stood>(
  group: readonly Action[],
  { fromOn, asOf }: Omit<Period, 'areaId'>,
  judgement: (action: Action) => string | null,
): Record<string, number | null> {
  const count = (isSo: (action: Action) => boolean): number => group.filter(isSo).length;
  const agreed = (isSo: (action: Action, status: string) => boolean): number =>
    count((action) => action.isAgreed && isSo(action, statusThen(action, asOf)));
  const isDone = (action: Raw): boolean => action.status === 'done';
  const isDoneWithin = (action: Raw): boolean =>
    isDone(action) && text(action.doneOn) >= fromOn && text(action.doneOn) <= asOf;
  const judged = (what: string): number => agreed((action) => judgement(action) === what);
  const inTime = (action: Raw, deadline: string): boolean =>
    isDone(action) && action[deadline] !== null && text(action.doneOn) <= text(action[deadline]);
  const all = agreed(() => true);
  const realised = agreed((action) => isDone(action) && action.realisation !== 'partial');
  const notRealised = agreed((_, status) => status === 'cancelled');
  const [dated, onTime] = [agreed((one) => isDone(one) && one.dueOn !== null), agreed((one) => inTime(one, 'dueOn'))];
  const original = agreed((one) => isDone(one) && one.originalDueOn !== null);
  const onTimeOriginal = agreed((one) => inTime(one, 'originalDueOn'));
  const once = agreed(({ postponements }) => Number(postponements) === 1);
  const more = agreed(({ postponements }) => Number(postponements) >= 2);
  return {
    ...{ agreed: all, realised, notRealised, partly: agreed((one) => isDone(one) && one.realisation === 'partial') },
    open: agreed((_, status) => status === 'open'),
    inProgress: agreed((_, status) => status === 'in_progress'),
    blocked: agreed((_, status) => status === 'blocked'),
    onHold: agreed((_, status) => status === 'on_hold'),
    followUp: agreed((action, status) => !isClosedStatus(status) || action.isContinued),
    overdueAgreed: agreed((action) => isLate(action, asOf)),
    ...{ doneWithDeadline: dated, onTime, doneWithOriginalDeadline: original, onTimeOriginal },
    ...{ postponedOnce: once, postponedMore: more, postponedNever: all - once - more },
    ...{ judgedRealised: judged('realised'), judgedPartly: judged('partly'), judgedNot: judged('not') },
    overdue: count((action) => isLate(action, asOf)),
    carriedOver: count(({ wasOpen }) => wasOpen),
    doneInPeriod: count(isDoneWithin),
    results: count((action) => isDoneWithin(action) && action.result !== null),
    largeResults: count((action) => isDoneWithin(action) && action.result !== null && action.resultSize === 'large'),
    realisedShare: share(realised, all),
    realisedShareLessCancelled: share(realised, all - notRealised),
    onTimeShare: share(onTime, dated),
    onTimeOriginalShare: share(onTimeOriginal, original),
  };
}

const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1}`;

/** The figures about actions in a review, recounted. */
export function recountActions(tables: Tables, period: Period) {
  const { fromOn, asOf } = period;
  const all = standing(tables, period);
  const counts = (group: readonly StoodInRows[]) =>
    countsOf(group, period, (action) => judgementOf(tables, action, asOf));
  const kinds = new Map(tables.organisations.map(({ id, kind }) => [id, text(kind)]));
  const kindOf = ({ ownerId }: Raw): string | null => (ownerId === null ? null : (kinds.get(ownerId) ?? null));
  const grouped = (keyOf: (action: StoodInRows) => string | null) => {
    const keys = [...new Set(all.map(keyOf))];
    return new Map(keys.map((key) => [key, counts(all.filter((one) => keyOf(one) === key))]));
  };
  const sideOf = (one: Raw): string =>
    one.ownerId === null ? 'unowned' : kindOf(one) === 'municipality' ? 'municipality' : 'partners';
  // The municipality and its partners always stand beside one another.
  const nothing = counts([]);
  const withBoth = (sides: Map<string | null, typeof nothing>) =>
    new Map([['municipality', nothing], ['partners', nothing], ...sides]);
  const late = all.filter((one) => isLate(one, asOf)).map((one) => daysFrom(text(one.dueOn), asOf));
  const done = all.filter(({ status, doneOn }) => status === 'done' && text(doneOn) >= fromOn && text(doneOn) <= asOf);
  const quarters = new Map<string, { done: number }>();
  for (let day = fromOn; day <= asOf; day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10))
    quarters.set(quarterOf(day), {
      done: done.filter(({ doneOn }) => quarterOf(text(doneOn)) === quarterOf(day)).length,
    });
  const lead = all
    .filter(({ isAgreed, status }) => isAgreed && status === 'done')
    .map(({ recordedOn, doneOn }) => daysFrom(text(recordedOn), text(doneOn)));
  return {
    total: counts(all),
    themes: grouped(({ theme }) => theme as string | null),
    organisations: grouped(({ ownerId }) => ownerId as string | null),
    areas: grouped(({ areaId }) => text(areaId)),
    sides: withBoth(grouped(sideOf)),
    kinds: new Map([...grouped(kindOf)].filter(([kind]) => kind !== null)),
    quarters,
    leadTimeDays: middle(lead),
    overdueDays: { median: middle(late), longest: Math.max(0, ...late) },
    escalations: tables.action_escalations.filter(
      ({ actionId, askedOn }) =>
        all.some((one) => one.actionId === actionId) && text(askedOn) >= fromOn && text(askedOn) <= asOf,
    ),
  };
}

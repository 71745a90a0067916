import type { ActionLine, PublicActionLine } from '../actions.views.js';
import { deadlineWords, returnedShort, STATUS_BADGES, STATUS_WORDS, statusWords, togetherWith } from '../words.js';

/** A row of the table, as visible to the reader; `returners` has who gave an action back. */
export function toRow(line: ActionLine | PublicActionLine, returners: ReadonlyMap<string, string> = new Map()) {
  const full = 'version' in line ? line : undefined;
  const helpers = full?.coOwners.map(({ name }) => name) ?? [];
  const returner = full?.isHandedBack ? returners.get(line.id) : undefined;
  const owner = full?.isHandedBack ? null : line.ownerName;
  const who = owner ?? (returner ? returnedShort(returner) : 'nog niemand');
  return {
    id: line.id,
    number: line.number,
    title: line.title,
    /** What the row may have no room for. */
    whole: [line.title, full?.statusReason, line.result].filter(Boolean).join(': '),
    areaName: line.areaName,
    who,
    isWithoutOwner: !owner && !returner,
    person: full?.ownerPersonName ?? '',
    together: togetherWith(helpers),
    everyone: [who, full?.ownerPersonName, helpers.length > 0 && `samen met ${helpers.join(', ')}`]
      .filter(Boolean)
      .join(' '),
    dueOn: line.dueOn,
    isNextSession: line.dueKind === 'next_session',
    when: deadlineWords(line),
    daysOverdue: full?.daysOverdue ?? 0,
    postponements: full?.postponements ?? 0,
    statusName: STATUS_WORDS[line.status],
    resumes: full ? statusWords(line.status, full.resumeOn) : '',
    resumeOn: line.status === 'on_hold' ? (full?.resumeOn ?? null) : null,
    badge: STATUS_BADGES[line.status],
    reason: full?.statusReason ?? '',
    result: line.result ?? '',
    isConfidential: full?.isConfidential ?? false,
  };
}

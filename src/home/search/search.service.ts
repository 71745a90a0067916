import { Injectable } from '@nestjs/common';
import { Areas } from '../../directory/areas/areas.service.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import type { Permission } from '../../platform/access/permissions.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Database } from '../../platform/database/database.js';
import { Transactions } from '../../platform/database/transactions.js';
import { findActions, withNamesOfOwners } from './action-hits.js';
import { type Found, ranked, toHitView, wordsOf } from './hits.rules.js';
import { MOST_HITS, type Question } from './question.js';
import { findDecisions, findMinutes, withTexts } from './record-hits.js';
import { findInRegister } from './register-hits.js';
import {
  HIT_KINDS,
  type HitGroupView,
  type HitKind,
  type HitView,
  type SearchDto,
  type SearchView,
} from './search.dto.js';

interface Finder {
  permission: Permission;
  find: (question: Question) => Promise<Found[]>;
}

/** The permission needed to search each kind; each query further restricts what the caller may know. */
const FINDERS: Record<HitKind, Finder> = {
  action: { permission: 'actions.read', find: findActions },
  minutes: { permission: 'minutes.read', find: findMinutes },
  decision: { permission: 'sessions.read', find: findDecisions },
  goal: { permission: 'goals.read', find: (question) => findInRegister('goal', question) },
  opgave: { permission: 'opgaven.read', find: (question) => findInRegister('opgave', question) },
  person: { permission: 'people.read', find: (question) => findInRegister('person', question) },
  organisation: { permission: 'organisations.read', find: (question) => findInRegister('organisation', question) },
  area: { permission: 'areas.read', find: (question) => findInRegister('area', question) },
};
const SUBJECTS: Partial<Record<HitKind, string>> = { action: 'action', minutes: 'minutes', decision: 'agenda_item' };

@Injectable()
export class Search {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly areas: Areas,
  ) {}

  /**
   * The records that contain all these words, as far as the caller may know, by kind: the group with the best hit
   * first, and best first within it.
   */
  async find({ q, kind, area, page, pageSize }: SearchDto, caller: Caller): Promise<SearchView> {
    const words = wordsOf(q);
    const areas = area ? await this.areas.idsBelow(area, caller.today) : undefined;
    if (words.length === 0 || areas?.length === 0) return { groups: [] };
    const question: Question = { source: this.database.aside, caller, text: q.trim(), words, areas };
    const kinds = HIT_KINDS.filter((one) => !kind || kind === one).filter((one) =>
      isPermitted(caller, FINDERS[one].permission),
    );
    const groups = await Promise.all(
      kinds.map(async (one) => groupOf(one, await FINDERS[one].find(question), question, { page, pageSize })),
    );
    const found = groups.filter(({ total }) => total > 0).sort((a, b) => b.best - a.best);
    await this.noteReading(
      found.flatMap(({ items }) => items),
      caller,
    );
    return { groups: found.map(({ best: _best, ...group }) => group) };
  }

  /** Reading confidential text is recorded once per request: who, what and when, never the text itself. */
  private async noteReading(hits: readonly HitView[], caller: Caller): Promise<void> {
    const [first, ...more] = hits.filter(({ isConfidential }) => isConfidential);
    if (!first) return;
    const { kind, id, areaId } = first;
    const subject = { type: SUBJECTS[kind]!, id: more.length === 0 ? id : null, areaId, isConfidential: true };
    await this.transactions.run((manager) => this.audit.record(manager, caller, 'search.read', subject));
  }
}

/** One group with the requested page. */
async function groupOf(
  kind: HitKind,
  found: readonly Found[],
  { source, words }: Question,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<HitGroupView & { best: number }> {
  const hits = ranked(found.slice(0, MOST_HITS), words);
  const asked = hits.slice((page - 1) * pageSize, page * pageSize).map(({ hit }) => hit);
  const shown = await withNamesOfOwners(source, await withTexts(source, asked), words);
  return {
    kind,
    total: hits.length,
    isMore: found.length > MOST_HITS,
    items: shown.map((hit) => toHitView(hit, words)),
    best: hits[0]?.score ?? 0,
  };
}

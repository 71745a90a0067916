import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { findingsOf } from '../../administration/operations/state.rules.js';
import { ServiceState } from '../../administration/operations/state.service.js';
import { REFUSED_DAYS } from '../../administration/pages/mail-state.service.js';
import { SUBJECT_WORDS, wordsOf } from '../../administration/pages/state.words.js';
import { isForContact } from '../../directory/people/contact-resolver.rules.js';
import { answersFor, hasNotLeft, keepsSeat } from '../../directory/people/leaving.conditions.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { inForce, rows } from '../../platform/database/rows.js';
import { FirstSteps } from '../../web/first-steps.service.js';
import { MOST_LINES } from './own-blocks.service.js';
import type { StartBlock } from './start.view.js';

/** Before the first meeting nothing is broken by this: it is among the first steps, or nobody misses it. */
const NOT_YET = new Set(['not-configured', 'no-mail', 'never', 'missed']);

/** Blocks about what an administrator looks after. */
@Injectable()
export class UpkeepBlocks {
  constructor(
    private readonly database: Database,
    private readonly state: ServiceState,
    private readonly firstSteps: FirstSteps,
  ) {}

  async trouble(caller: Caller): Promise<StartBlock | null> {
    const [facts, steps] = await Promise.all([this.state.facts(), this.firstSteps.of(caller)]);
    const isNew = steps.length > 0;
    const found = findingsOf(facts).filter(({ level, reason }) => level !== 'well' && !(isNew && NOT_YET.has(reason)));
    if (found.length === 0) return null;
    return {
      id: 'werkt-niet',
      title: 'Wat niet goed werkt',
      count: found.length,
      lines: found.map((finding) => {
        const { text, advice } = wordsOf(finding, facts);
        return { href: null, text: SUBJECT_WORDS[finding.subject], said: advice ? `${text} ${advice}` : text };
      }),
      button: { href: '/beheer/toestand', label: 'Bekijk alles' },
    };
  }

  /** Addresses that were recently refused by a mail server and are still in use. */
  async refused({ today }: Caller): Promise<StartBlock | null> {
    const found = await rows<{ id: string; name: string; address: string; total: number }>(
      this.database.reader,
      `SELECT x.*, count(*) OVER () AS "total" FROM (SELECT DISTINCT p."id", p."name", m."address" FROM "outgoing_messages" m
         JOIN "people" p ON p."id" = m."personId" AND p."active" AND p."email" = m."address" WHERE m."refusedAt" > $1) x
       ORDER BY natural_key(x."name"), x."id" LIMIT ${MOST_LINES}`,
      [momentOf(addDays(today, -REFUSED_DAYS))],
    );
    if (found.length === 0) return null;
    return {
      id: 'geweigerd',
      title: 'Mail komt niet aan',
      count: found[0].total,
      lines: found.map(({ id, name, address }) => ({ href: `/beheer/mensen/${id}`, text: name, facts: [address] })),
      button: { href: '/beheer/mail', label: 'Naar de mail' },
    };
  }

  /** The first steps that are still to be done. */
  async stepsLeft(caller: Caller): Promise<StartBlock | null> {
    const left = (await this.firstSteps.of(caller)).filter(({ isDone }) => !isDone);
    if (left.length === 0) return null;
    return {
      id: 'beginnen',
      title: 'Zo begint u',
      count: left.length,
      lines: left.map(({ label, text, href }) => ({ href, text: label, said: text })),
      button: { href: '/beheer', label: 'Naar Beheer' },
    };
  }

  /** Organisations that have work or an invitation here, and nobody who answers for them. */
  async withoutContact({ today }: Caller): Promise<StartBlock | null> {
    const found = await rows<{ id: string; name: string; total: number }>(
      this.database.reader,
      `SELECT o."id", o."name", count(*) OVER () AS "total" FROM "organisations" o
       WHERE o."mergedIntoId" IS NULL
         AND NOT EXISTS (SELECT 1 FROM "contacts" c WHERE c."organisationId" = o."id" AND ${answersFor('c', '$1')})
         AND (EXISTS (SELECT 1 FROM "actions" a WHERE a."ownerId" = o."id" AND a."closedOn" IS NULL AND NOT a."isConfidential"
             AND ${isForContact('a."ownerPersonId"', hasNotLeft('a."ownerPersonId"', 'a."ownerId"', '$1'))})
           OR EXISTS (SELECT 1 FROM "invitations" i WHERE i."organisationId" = o."id" AND ${inForce('i', '$1')}
             AND ${isForContact('i."personId"', keepsSeat('i', '$1'))}))
       ORDER BY natural_key(o."name"), o."id" LIMIT ${MOST_LINES}`,
      [today],
    );
    if (found.length === 0) return null;
    return {
      id: 'zonder-contact',
      title: 'Organisaties zonder contactpersoon',
      count: found[0].total,
      lines: found.map(({ id, name }) => ({ href: `/beheer/organisaties/${id}`, text: name })),
      button: { href: '/beheer/contacten/nieuw', label: 'Contactpersoon toevoegen' },
    };
  }
}

import { Controller, Get } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { Requires } from '../../platform/access/requires.js';
import { findingsOf } from '../operations/state.rules.js';
import { ServiceState } from '../operations/state.service.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { momentWords } from '../../web/moments.rules.js';
import { BACK } from '../../web/records.rules.js';
import { LEVEL_BADGES, LEVEL_WORDS, SUBJECT_WORDS, wordsOf } from './state.words.js';

/** Whether mail, schedule, back-up, chains and storage are well, in words. */
@NotInDocument()
@Controller('beheer/toestand')
export class StatePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly state: ServiceState,
  ) {}

  @Get()
  @Requires('operations.read')
  async show(@CurrentVisit() visit: Visit): Promise<string> {
    const facts = await this.state.facts();
    const findings = findingsOf(facts);
    return this.pages.show(visit, 'administration/pages/service-state', {
      title: 'Toestand',
      back: BACK,
      now: momentWords(facts.now),
      isWell: findings.every(({ level }) => level === 'well'),
      findings: findings.map((finding) => ({
        subject: SUBJECT_WORDS[finding.subject],
        level: LEVEL_WORDS[finding.level],
        badge: LEVEL_BADGES[finding.level],
        isWrong: finding.level === 'wrong',
        ...wordsOf(finding, facts),
      })),
      flaws: facts.verify?.flaw?.split('\n'),
    });
  }
}

import { findingsOf } from '../operations/state.rules.js';
import { ServiceState } from '../operations/state.service.js';
import { momentWords } from '../../web/moments.rules.js';
import { BACK } from '../../web/records.rules.js';
import { LEVEL_BADGES, LEVEL_WORDS, SUBJECT_WORDS, wordsOf } from './state.words.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';

/** The state of mail, schedule, backup, hash chains and storage, in words. */
@PageController('beheer/toestand')
export class StatePagesController {
  constructor(private readonly state: ServiceState) {}

  @Page('', 'operations.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    const facts = await this.state.facts();
    const findings = findingsOf(facts);
    return page.show('administration/pages/service-state', {
      title: 'Werkt alles?',
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

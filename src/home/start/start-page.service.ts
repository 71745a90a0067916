import { Injectable } from '@nestjs/common';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller, Human } from '../../platform/access/caller.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { BudgetBlock } from './budget-block.service.js';
import { QuestionBlock } from './question-block.service.js';
import { ChairBlocks } from './chair-blocks.service.js';
import { OwnBlocks, type OwnLines } from './own-blocks.service.js';
import { SessionBlocks } from './session-blocks.service.js';
import { type Audience, audienceOf, startNameOf } from '../../web/audience.rules.js';
import { inOrder, readsPublished, runsService } from './start.rules.js';
import type { StartBlock } from './start.view.js';
import { SteeringBlocks } from './steering-blocks.service.js';
import { UpkeepBlocks } from './upkeep-blocks.service.js';

type Blocks = Promise<StartBlock | null>[];

/** The start page: what its reader has to do or know now, in blocks that are shown only if they have content. */
@Injectable()
export class StartPage {
  constructor(
    private readonly sessions: SessionBlocks,
    private readonly own: OwnBlocks,
    private readonly chair: ChairBlocks,
    private readonly steering: SteeringBlocks,
    private readonly upkeep: UpkeepBlocks,
    private readonly budget: BudgetBlock,
    private readonly asked: QuestionBlock,
  ) {}

  async view(caller: Human) {
    const audience = audienceOf(caller);
    const meets = audience.isChair || audience.isPartner || audience.isOfficer;
    const none = { isNow: false, blocks: [] };
    const [{ isNow, blocks: sessions }, lines, ...others] = await Promise.all([
      meets ? this.sessions.of(caller) : none,
      isPermitted(caller, 'actions.answer') ? this.own.lines(caller) : null,
      ...this.chairs(audience, caller),
      ...this.steerings(audience, caller),
      ...this.upkeeps(caller),
    ]);
    const mine = lines ? await this.mine(audience, lines, caller) : [];
    const [first = null, ...rest] = inOrder([...sessions, ...mine, ...others]);
    return {
      title: startNameOf(caller),
      day: inDutch(caller.today),
      isNow,
      first,
      rest,
      meets,
    };
  }

  private async mine(audience: Audience, lines: OwnLines, caller: Human): Promise<(StartBlock | null)[]> {
    if (!audience.isPartner) return [this.own.combined(lines, caller)];
    const more = [this.own.questions(caller), this.own.minutes(caller), this.own.ofOrganisation(caller, lines)];
    return [...this.own.separate(lines, caller), ...(await Promise.all(more))];
  }

  private chairs({ isChair, isOfficer }: Audience, caller: Caller): Blocks {
    if (!isChair) return isOfficer ? [this.sessions.notBegun(caller), this.chair.papers.minutesToFinish(caller)] : [];
    const { chair } = this;
    return [
      this.sessions.notBegun(caller),
      chair.withoutOwner(caller),
      chair.papers.minutesToFinish(caller),
      chair.answered(caller),
      chair.lateByOrganisation(caller),
      chair.papers.drafts(caller),
      chair.year.turn(caller),
      this.budget.unspent(caller),
      this.asked.nearing(caller),
      chair.goals.unmeasured(caller),
      chair.beginning.begin(caller),
    ];
  }

  private steerings(audience: Audience, caller: Caller): Blocks {
    const { isReader, isBestuurder, isChair } = audience;
    const steers = isReader || (isBestuurder && !isChair);
    return [
      this.steering.decisions(caller),
      ...(isReader ? [this.steering.course(caller)] : []),
      ...(isBestuurder ? [this.steering.opgaven(caller)] : []),
      this.steering.decided(caller),
      ...(steers ? [this.steering.latestReview(caller)] : []),
      ...(readsPublished(audience) ? [this.steering.published(caller)] : []),
    ];
  }

  private upkeeps(caller: Caller): Blocks {
    if (!runsService(caller)) return [];
    const { upkeep } = this;
    return [upkeep.trouble(caller), upkeep.refused(caller), upkeep.stepsLeft(caller), upkeep.withoutContact(caller)];
  }
}

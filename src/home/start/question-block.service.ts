import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { inShort } from '../../platform/common/calendar-date.js';
import { askerOf, QUESTIONS } from '../../questions/pages/question-pages.service.js';
import { nearingUntil } from '../../questions/questions.rules.js';
import { Questions } from '../../questions/questions.service.js';
import type { StartBlock } from './start.view.js';

const MOST_LINES = 5;

/** Shows a chair the questions that are near or past their deadline. */
@Injectable()
export class QuestionBlock {
  constructor(private readonly questions: Questions) {}

  async nearing(caller: Caller): Promise<StartBlock | null> {
    const open = { state: 'open', sort: 'dueOn', page: 1, pageSize: 200 } as const;
    const { items } = await this.questions.list(open, caller);
    const near = items.filter(
      ({ areaId, dueOn }) => caller.areaIds.chair.includes(areaId) && dueOn <= nearingUntil(caller.today),
    );
    if (near.length === 0) return null;
    return {
      id: 'vragen-termijn',
      title: 'Vragen om te beantwoorden',
      count: near.length,
      lines: near.slice(0, MOST_LINES).map((one) => {
        const due = `antwoord uiterlijk ${inShort(one.dueOn, caller.today)}`;
        const facts = [one.areaName, askerOf(one)];
        return {
          href: `${QUESTIONS}/${one.id}`,
          text: one.title,
          ...(one.dueOn < caller.today ? { late: due, facts } : { facts: [...facts, due] }),
        };
      }),
      ...(near.length > MOST_LINES && { more: `En nog ${near.length - MOST_LINES}.` }),
      button: { href: `${QUESTIONS}?state=open&sort=dueOn`, label: 'Naar de vragen' },
    };
  }
}

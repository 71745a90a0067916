import { Injectable } from '@nestjs/common';
import { Questions } from '../questions/questions.service.js';
import { Budgets } from '../budget/budgets.service.js';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Wijkagendas } from '../wijkagenda/wijkagendas.service.js';

const LINKS = [
  { href: '/wijkagenda', label: 'Wijkagenda’s', permission: 'wijkagendas.read' },
  { href: '/budgetten', label: 'Leefbaarheidsbudget', permission: 'budgets.read' },
  { href: '/vragen', label: 'Vragen', permission: 'questions.read' },
  { href: '/jaarevaluatie', label: 'Jaarevaluaties', permission: 'reviews.read' },
  { href: '/gelukt', label: 'Gelukt per kwartaal', permission: 'reviews.read' },
  { href: '/koersoverzicht', label: 'Koersoverzicht', permission: 'koersoverzicht.read' },
] as const;

/** The links from an area to its other pages. Those for something its chair has to start are shown once it exists. */
@Injectable()
export class AreaLinks {
  constructor(
    private readonly wijkagendas: Wijkagendas,
    private readonly budgets: Budgets,
    private readonly questions: Questions,
  ) {}

  async of(area: string, caller: Caller): Promise<{ href: string; label: string }[]> {
    const one = { area, page: 1, pageSize: 1 };
    const isStarted: Partial<Record<string, boolean>> = {
      '/wijkagenda':
        isPermittedIn(caller, 'wijkagendas.write', area) || (await this.wijkagendas.list(one, caller)).total > 0,
      '/budgetten': isPermittedIn(caller, 'budgets.write', area) || (await this.budgets.list(one, caller)).total > 0,
      '/vragen': isPermittedIn(caller, 'questions.write', area) || (await this.questions.list(one, caller)).total > 0,
    };
    return LINKS.filter(
      ({ href, permission }) => isPermittedIn(caller, permission, area) && isStarted[href] !== false,
    ).map(({ href, label }) => ({ href: `${href}?area=${area}`, label }));
  }
}

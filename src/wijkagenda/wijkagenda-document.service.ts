import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { toDocument, toPosterView } from './wijkagenda-document.rules.js';
import { WijkagendaContents } from './wijkagenda-contents.service.js';
import { Wijkagendas } from './wijkagendas.service.js';

/** The one-page document for the parties: all goals, and the actions the reader may know of. */
@Injectable()
export class WijkagendaDocument {
  constructor(
    private readonly wijkagendas: Wijkagendas,
    private readonly contents: WijkagendaContents,
  ) {}

  async of(id: string, by: Caller): Promise<ReturnType<typeof toDocument>> {
    const view = await this.wijkagendas.read(id, by);
    const actions = await this.contents.actions(view.areaId, view.year, by.today, by);
    const budget = await this.contents.budget(view.areaId, view.year, by);
    const page = toPosterView(
      view,
      view.label,
      view.goals.map((goal) => ({ ...goal, isPublic: true })),
      actions.map((action) => ({ ...action, isPublic: true, publicText: null })),
      budget,
    );
    const parties = view.adoptedBy.map(({ organisationName }) => organisationName);
    return toDocument(page, { parties, warnings: view.warnings, isPreview: false });
  }
}

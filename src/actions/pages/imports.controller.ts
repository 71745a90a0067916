import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { Requires } from '../../platform/access/requires.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { IdPipe } from '../../platform/common/ids.js';
import type { ActionImportView } from '../import/action-imports.dto.js';
import { ActionImports } from '../import/action-imports.service.js';
import { fieldsOf, type FormWords } from '../../web/forms.js';
import { fileIn, problemOfFile, shownOf } from '../../web/import-files.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';

const EXAMPLE = 'Gebruik de lijst die u hier ophaalt als voorbeeld.';
const WORDS: FormWords = {
  codes: {
    IMPORT_OUTDATED: 'Een van de acties is intussen gewijzigd. Voer het bestand opnieuw in.',
    IMPORT_ROW_REFUSED: 'Een van de regels kan toch niet. Er is niets veranderd. Voer het bestand opnieuw in.',
    IMPORT_EXECUTED: 'Deze lijst is al ingevoerd.',
  },
};
const OUTCOMES = { new: 'nieuw', changed: 'wijzigt', unchanged: 'blijft gelijk', cannot: 'kan niet' };

/** Putting an action list in: first it says per row what it would do, then it is done with one button. */
@NotInDocument()
@Controller('gebieden/:id/acties/invoeren')
export class ImportsController {
  constructor(
    private readonly pages: Pages,
    private readonly areas: Areas,
    private readonly imports: ActionImports,
  ) {}

  @Get()
  @Requires('actions.write')
  async ask(@CurrentVisit() visit: Visit, @Param('id', IdPipe) id: string): Promise<string> {
    return this.pages.show(visit, 'actions/pages/import', await this.askView(id));
  }

  @Post()
  @HttpCode(200)
  @Requires('actions.write')
  async propose(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const sent = fileIn(body);
    if ('problem' in sent) {
      return this.pages.show(visit, 'actions/pages/import', { ...(await this.askView(id)), ...sent });
    }
    try {
      const proposal = await this.imports.propose(sent.file, id, caller);
      return this.pages.goOn(visit, `/gebieden/${id}/acties/invoeren/${proposal.id}`);
    } catch (error) {
      const problem = problemOfFile(error, WORDS, EXAMPLE);
      return this.pages.show(visit, 'actions/pages/import', { ...(await this.askView(id)), problem });
    }
  }

  @Get(':importId')
  @Requires('actions.write')
  async preview(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('importId', IdPipe) importId: string,
  ): Promise<string> {
    const proposal = await this.imports.read(importId, caller);
    return this.pages.show(visit, 'actions/pages/import-preview', await this.previewView(id, proposal));
  }

  @Post(':importId')
  @HttpCode(200)
  @Requires('actions.write')
  async execute(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('importId', IdPipe) importId: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        const { counts } = await this.imports.execute(importId, Number(fieldsOf(body).version), caller);
        const notice = `Ingevoerd: ${counts.new} nieuw, ${counts.changed} gewijzigd.`;
        return { path: `/gebieden/${id}/acties`, notice };
      },
      async (problem) => {
        const proposal = await this.imports.read(importId, caller);
        return this.pages.show(visit, 'actions/pages/import-preview', {
          ...(await this.previewView(id, proposal)),
          problem,
        });
      },
    );
  }

  private async askView(id: string) {
    const { name } = await this.areas.read(id);
    return { title: 'Acties invoeren', area: { id, name }, most: '10.000' };
  }

  private async previewView(id: string, proposal: ActionImportView) {
    const { name } = await this.areas.read(id);
    const { counts, rows, state, unknownColumns, version } = proposal;
    const shown = shownOf(rows.filter(({ outcome }) => outcome !== 'unchanged'));
    return {
      title: 'Wat de lijst zou doen',
      area: { id, name },
      importId: proposal.id,
      version,
      counts,
      todo: counts.new + counts.changed,
      isDone: state === 'executed',
      unknownColumns: unknownColumns.join(', '),
      subject: 'Actie',
      more: shown.more,
      rows: shown.rows.map(({ outcome, number, ...row }) => ({
        ...row,
        number: number ?? '',
        outcome,
        outcomeName: OUTCOMES[outcome],
      })),
    };
  }
}

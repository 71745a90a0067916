import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { flatInTurns } from '../../platform/common/long-task.js';
import { BackgroundWorker } from '../../platform/rendering/background-worker.js';
import { prepareXlsx, TABLES_MODULE, toCsvInTurns, toXlsx } from '../../platform/rendering/tables.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { cellsOf, csvCellsOf, exportColumns, sheetColumns, toTableRow } from './action-table.rules.js';
import type { ActionListDto } from '../actions.dto.js';
import { Actions } from '../actions.service.js';
import { domainsOf } from './domains.rules.js';

/** Whole lists of actions as files, in the columns in which they can be imported. 400 if a list is too long for one. */
@Injectable()
export class ActionTables {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly actions: Actions,
    private readonly backgroundWorker: BackgroundWorker,
  ) {}

  async csv(query: ActionListDto, caller: Caller): Promise<string> {
    const { columns } = this;
    const lines = await this.actions.table(query, caller);
    const rows = await flatInTurns(lines, (line) => [csvCellsOf(toTableRow(line), columns)]);
    return toCsvInTurns(columns, rows);
  }

  async xlsx(query: ActionListDto, caller: Caller, title = 'Acties'): Promise<Buffer> {
    const { columns } = this;
    this.backgroundWorker.prepare(TABLES_MODULE, { prepareXlsx });
    const lines = await this.actions.table(query, caller);
    const rows = await flatInTurns(lines, (line) => [cellsOf(toTableRow(line), columns)]);
    const sheet = { name: 'Acties', title, columns: sheetColumns(columns), rows };
    return this.backgroundWorker.bytes(TABLES_MODULE, { toXlsx }, sheet);
  }

  private get columns() {
    return exportColumns(domainsOf(this.settings.THEME_DOMAINS));
  }
}

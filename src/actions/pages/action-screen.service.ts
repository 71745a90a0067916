import { Injectable } from '@nestjs/common';
import type { PageContext } from '../../web/page-context.js';
import { ActionFiles } from '../files/action-files.service.js';
import { ActionPages, type RejectedAction } from './action-page.service.js';

/** The page of an action with its files; its forms, of several controllers, show it again if they are rejected. */
@Injectable()
export class ActionScreen {
  constructor(
    private readonly pages: ActionPages,
    private readonly files: ActionFiles,
  ) {}

  async show(page: PageContext, id: string, rejected?: RejectedAction): Promise<string> {
    const { action, ...view } = await this.pages.view(id, page.caller, rejected);
    const files = action && (await this.files.block(action, page.caller, rejected));
    return page.show('actions/pages/action', { ...view, files });
  }
}

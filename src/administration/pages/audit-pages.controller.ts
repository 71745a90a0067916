import { Actions } from '../../actions/actions.service.js';
import type { Caller } from '../../platform/access/caller.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { isId } from '../../platform/common/ids.js';
import { AuditEntryListDto } from '../../platform/audit/audit-entries.dto.js';
import { AuditEntries } from '../../platform/audit/audit-entries.service.js';
import { toInput } from '../../web/forms.js';
import { cell, listQuery } from '../../web/tables.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import { shortMoment } from '../../web/moments.rules.js';
import { OBJECT_WORDS, OPERATION_OPTIONS, operationWords } from './audit.words.js';
import { BACK } from '../../web/records.rules.js';
import { HOW_WORDS } from '../../web/words.js';

const PATH = '/beheer/logboek';

/** Who did what and when, as far as the caller may see it. */
@PageController('beheer/logboek')
export class AuditPagesController {
  constructor(
    private readonly entries: AuditEntries,
    private readonly selectOptions: SelectOptions,
    private readonly actions: Actions,
  ) {}

  @Page('', 'audit.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const { query } = page;
    const mayFindPeople = isPermitted(page.caller, 'people.read');
    const actor = query.actor && mayFindPeople ? await this.selectOptions.personIdOf(query.actor, page.caller) : '';
    const isUnknown = actor !== '' && !isId(actor);
    const object = await this.objectOf(query.object, page.caller);
    const search = {
      ...listQuery(query),
      actor: isUnknown ? NOTHING : actor,
      object: object === null ? NOTHING : object,
    };
    const found = await this.entries.list(toInput(AuditEntryListDto, search), page.caller);
    return page.showRegister(found, {
      title: 'Logboek',
      intro:
        'Wat er gedaan is, het nieuwste eerst. Niemand kan er iets in wijzigen. Van wat vertrouwelijk is, staat er alleen dat er iets gebeurde.',
      back: BACK,
      search: [
        { name: 'operation', label: 'Wat', type: 'choice', options: OPERATION_OPTIONS },
        ...(mayFindPeople ? [{ name: 'actor', label: 'Wie (e-mailadres)', type: 'line' as const }] : []),
        { name: 'object', label: 'Nummer van een actie', type: 'line' },
      ],
      columns: {
        'Nr.': ({ sequence }) => sequence,
        Wanneer: ({ at }) => shortMoment(at, page.caller.today),
        Wie: ({ actorName, actorId, how }) =>
          actorName ?? (actorId ? '(naam verwijderd)' : (WHO_WITHOUT_NAME[how] ?? 'de dienst zelf')),
        Hoe: ({ how }) => HOW_WORDS[how] ?? how,
        Wat: ({ operation }) => cell(operationWords(operation), `${PATH}?operation=${operation}`),
        Waarover: ({ objectType, objectId }) =>
          cell(OBJECT_WORDS[objectType] ?? objectType, objectId ? `${PATH}?object=${objectId}` : null),
        Uitkomst: ({ result }) => (result === 'done' ? null : 'geweigerd'),
      },
      isShort: true,
      empty: 'Er is nog niets gebeurd.',
      ...(object === null && { nothingFound: 'Dit nummer is niet bekend.' }),
      ...(isUnknown && { nothingFound: 'Dit adres is niet bekend.' }),
    });
  }

  /** An id as it is, the number of an action as its id; null if it is neither. */
  private async objectOf(asked: string | undefined, caller: Caller): Promise<string | null | undefined> {
    if (!asked?.trim() || isId(asked)) return asked;
    const [action] = await this.actions.numbered([asked.trim().toUpperCase()], caller);
    return action?.id ?? null;
  }
}

const WHO_WITHOUT_NAME: Record<string, string> = { session: 'iemand die zich wilde aanmelden' };
const NOTHING = '00000000-0000-0000-0000-000000000000';

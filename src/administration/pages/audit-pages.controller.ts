import { Controller, Get, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { AuditEntryListDto } from '../../platform/audit/audit-entries.dto.js';
import { AuditEntries } from '../../platform/audit/audit-entries.service.js';
import { type FieldSpec, filled } from '../../web/fields.rules.js';
import { fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { Choices } from '../../web/choices.service.js';
import { momentWords } from '../../web/moments.rules.js';
import { OBJECT_WORDS, operationWords } from './audit.words.js';
import { BACK } from '../../web/records.rules.js';
import { HOW_WORDS } from '../../web/words.js';

const PATH = '/beheer/logboek';

/** Who did what and when, as far as it is the caller's to see. */
@NotInDocument()
@Controller('beheer/logboek')
export class AuditPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly entries: AuditEntries,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('audit.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const mayFindPeople = isPermitted(caller, 'people.read');
    const actor = query.actor && mayFindPeople ? await this.choices.personIdOf(query.actor, caller) : '';
    const isUnknown = actor === '-';
    const search = { ...listQuery(query), actor: isUnknown ? NOBODY : actor };
    const page = await this.entries.list(toInput(AuditEntryListDto, search), caller);
    const rows = page.items.map((entry) => [
      cell(entry.sequence),
      cell(momentWords(entry.at)),
      cell(
        entry.actorName ?? (entry.actorId ? '(naam verwijderd)' : (WHO_WITHOUT_NAME[entry.how] ?? 'de dienst zelf')),
      ),
      cell(HOW_WORDS[entry.how] ?? entry.how),
      cell(operationWords(entry.operation), `${PATH}?operation=${entry.operation}`),
      cell(
        OBJECT_WORDS[entry.objectType] ?? entry.objectType,
        entry.objectId ? `${PATH}?object=${entry.objectId}` : null,
      ),
      cell(entry.result === 'done' ? 'gelukt' : 'geweigerd'),
    ]);
    const fields: FieldSpec[] = [
      { name: 'operation', label: 'Wat (kies het in de lijst), zoals person.changed', type: 'line' },
      ...(mayFindPeople ? [{ name: 'actor', label: 'Wie, op e-mailadres', type: 'line' as const }] : []),
      { name: 'object', label: 'Nummer (id) van waar het over gaat', type: 'line' },
    ];
    const head = ['Nr.', 'Wanneer', 'Wie', 'Hoe', 'Wat', 'Waarover', 'Uitkomst'];
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Logboek',
      intro:
        'Wat er gedaan is, het nieuwste eerst. Niemand kan er iets in wijzigen. Van wat vertrouwelijk is, staat er alleen dat er iets gebeurde.',
      back: BACK,
      search: { action: PATH, fields: filled(fields, query) },
      table: tableOf('Logboek', head, rows),
      pager: pagerOf(page, PATH, query),
      empty: isUnknown ? 'Dit adres is niet bekend.' : 'Niets gevonden.',
    });
  }
}

const WHO_WITHOUT_NAME: Record<string, string> = { session: 'iemand die zich wilde aanmelden' };
const NOBODY = '00000000-0000-0000-0000-000000000000';

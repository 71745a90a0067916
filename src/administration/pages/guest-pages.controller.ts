import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { GuestListDto, type GuestView } from '../erasure/guests.dto.js';
import { Guests } from '../erasure/guests.service.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { kindWords, pageOfPlace } from './erasure.words.js';
import { BACK, VERSION, versionIn } from '../../web/records.rules.js';

const PATH = '/beheer/gasten';
const SEARCH: FieldSpec[] = [{ name: 'q', label: 'Naam', type: 'line' }];

/** Guests in minutes: finding them by name, and taking the name away for good. */
@NotInDocument()
@Controller('beheer/gasten')
export class GuestPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly guests: Guests,
  ) {}

  @Get()
  @Requires('erasure.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.guests.list(toInput(GuestListDto, listQuery(query)), caller);
    const mayErase = isPermitted(caller, 'erasure.write');
    const rows = page.items.map((guest) => [
      cell(guest.name, mayErase ? `${PATH}/${guest.id}` : null),
      cell(guest.meetingName, `/verslagen/${guest.sessionId}`),
      cell(inDutch(guest.heldOn)),
    ]);
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Gasten',
      intro: 'Mensen zonder account die bij een vergadering waren. Hun naam staat in het verslag.',
      back: BACK,
      search: { action: PATH, fields: filled(SEARCH, query) },
      table: tableOf('Gasten', ['Naam', 'Overleg', 'Wanneer'], rows),
      pager: pagerOf(page, PATH, query),
      empty: 'Geen gasten gevonden.',
      emptyHint: 'Zoek op een deel van de naam.',
    });
  }

  @Get(':id')
  @Requires('erasure.write')
  async show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    return this.pages.show(visit, 'web/pages/record', viewOf(await this.guests.read(id, caller)));
  }

  @Post(':id')
  @HttpCode(200)
  @Requires('erasure.write')
  async erase(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { places } = await this.guests.erase(id, versionIn(fieldsOf(body)), caller);
    if (places.length === 0) return this.pages.goOn(visit, PATH, 'De naam is verwijderd. Hij staat nergens anders.');
    const rows = places.map((place) => [cell(place.label, pageOfPlace(place)), cell(kindWords(place))]);
    return this.pages.show(visit, 'web/pages/record', {
      title: 'De naam is verwijderd',
      back: { href: PATH, label: 'Alle gasten' },
      texts: [
        'In deze gewone teksten staat de naam nog. Haal hem daar weg: in een verslag door weg te lakken, elders door de tekst te wijzigen. Schrijf op waar: de naam zelf is hier weg.',
      ],
      sections: [{ title: 'Waar de naam nog staat', table: tableOf('Teksten', ['Waar', 'Soort'], rows) }],
    });
  }
}

function viewOf({ id, name, meetingName, heldOn, version }: GuestView) {
  const fields = filled([VERSION], { version: String(version) });
  return {
    title: `De naam van ${name}`,
    back: { href: PATH, label: 'Alle gasten' },
    texts: [
      `${name} was gast bij ${meetingName} op ${inDutch(heldOn)}.`,
      'Verwijdert u de naam, dan staat in de aanwezigheid en in alle verslagen van die vergadering "(naam verwijderd)". Dit kan niet ongedaan worden gemaakt.',
    ],
    sections: [{ title: 'Naam verwijderen', form: formOf(`${PATH}/${id}`, 'Naam voorgoed verwijderen', fields, true) }],
  };
}

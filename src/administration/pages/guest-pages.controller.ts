import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { GuestListDto, type GuestView } from '../erasure/guests.dto.js';
import { Guests } from '../erasure/guests.service.js';
import { toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, dayCell, listQuery, tableOf } from '../../web/tables.rules.js';
import { kindWords, pageOfPlace } from '../erasure/erasure.words.js';
import { BACK, recordForm } from '../../web/records.rules.js';

const PATH = '/beheer/gasten';

/** Guests in minutes: finding them by name, and permanently erasing the name. */
@PageController('beheer/gasten')
export class GuestPagesController {
  constructor(private readonly guests: Guests) {}

  @Page('', 'erasure.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.guests.list(toInput(GuestListDto, listQuery(page.query)), page.caller);
    const mayErase = isPermitted(page.caller, 'erasure.write');
    return page.showRegister(found, {
      title: 'Gasten',
      intro: 'Mensen zonder account die bij een vergadering waren. Hun naam staat in het verslag.',
      back: BACK,
      search: [{ name: 'q', label: 'Naam', type: 'line' }],
      columns: {
        Naam: ({ id, name }) => cell(name, mayErase ? `${PATH}/${id}` : null),
        Overleg: ({ meetingName, sessionId, areaId }) =>
          cell(meetingName, isPermittedIn(page.caller, 'minutes.read', areaId) ? `/verslagen/${sessionId}` : null),
        Wanneer: ({ heldOn }) => dayCell(heldOn, page.caller.today),
      },
      isShort: true,
      empty: 'Er zijn nog geen gasten.',
      emptyHint: 'Hier staat iemand zodra de voorzitter in een vergadering een gast opschrijft.',
      nothingFound: 'Geen gast gevonden.',
    });
  }

  @Page(':id', 'erasure.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return page.showRecord(viewOf(await this.guests.read(id, page.caller)));
  }

  @FormPost(':id', 'erasure.write')
  async erase(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const { places } = await this.guests.erase(id, form.version, form.caller);
    if (places.length === 0) return form.goOn(PATH, 'De naam is verwijderd. Hij staat nergens anders.');
    const table = tableOf('Teksten', places, {
      Waar: (place) => cell(place.label, pageOfPlace(place)),
      Soort: (place) => kindWords(place),
    });
    return form.showRecord({
      title: 'De naam is verwijderd',
      back: { href: PATH, label: 'Alle gasten' },
      texts: [
        'In deze gewone teksten staat de naam nog. Haal hem daar weg: in een verslag door weg te lakken, elders door de tekst te wijzigen. Schrijf op waar: de naam zelf is hier weg.',
      ],
      sections: [{ title: 'Waar de naam nog staat', table }],
    });
  }
}

function viewOf({ id, name, meetingName, heldOn, isListed, version }: GuestView) {
  const form = recordForm(`${PATH}/${id}`, 'Naam voorgoed verwijderen', [], { version });
  return {
    title: `De naam van ${name}`,
    back: { href: PATH, label: 'Alle gasten' },
    texts: [
      isListed
        ? `${name} was gast bij ${meetingName} op ${inDutch(heldOn)}.`
        : `${name} staat niet meer op de aanwezigheid van ${meetingName} op ${inDutch(heldOn)}, maar nog wel in een versie van het verslag.`,
      `Verwijdert u de naam, dan staat ${isListed ? 'in de aanwezigheid en ' : ''}in alle versies van het verslag van die vergadering “(naam verwijderd)”. Dit kan niet ongedaan worden gemaakt.`,
    ],
    sections: [{ title: 'Naam verwijderen', form: { ...form, isDanger: true } }],
  };
}

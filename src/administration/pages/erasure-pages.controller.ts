import { isPermitted } from '../../platform/access/access.rules.js';
import { ErasureDto, type ErasureView } from '../erasure/erasure.dto.js';
import { Erasures } from '../erasure/erasure.service.js';
import { People } from '../../directory/people/people.service.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, tableOf } from '../../web/tables.rules.js';
import { kindWords, pageOfPlace, placeWords } from '../erasure/erasure.words.js';
import { momentWords } from '../../web/moments.rules.js';
import { PEOPLE } from './person-pages.service.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { ERASURE_WORDS } from './forms.words.js';

const FIELDS: FieldSpec[] = [
  {
    ...{ name: 'ground', label: 'Waarom', type: 'prose', isRequired: true, maximum: 2000 },
    hint: 'Het verzoek of het artikel van de wet. Schrijf hier de naam niet.',
  },
  {
    ...{ name: 'alsoKnownAs', label: 'Ook bekend als', type: 'line', maximum: 100 },
    hint: 'Een achternaam of roepnaam waarnaar in teksten ook gezocht wordt.',
  },
];
const FOR_GOOD = {
  title: 'Naam verwijderen',
  text: 'Naam, adres, organisaties, rollen, links en aanmeldingen verdwijnen voorgoed. In verslagen en in de geschiedenis staat daarna “(naam verwijderd)”. Dit kan niet ongedaan worden gemaakt.',
};

/** Where texts contain a person's name, and its permanent erasure. */
@PageController('beheer/mensen/:id/naam')
export class ErasurePagesController {
  constructor(
    private readonly people: People,
    private readonly erasures: Erasures,
  ) {}

  @Page('', 'erasure.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const { name } = await this.people.read(id, page.caller);
    const erasure = await this.erasures.read(id, page.caller);
    const { erasedAt, places, version } = erasure;
    const mayErase = erasedAt === null && isPermitted(page.caller, 'erasure.write');
    const form = recordForm(`${PEOPLE}/${id}/naam`, 'Naam voorgoed verwijderen', FIELDS, { version }, rejected);
    const found = {
      title: 'In welke teksten de naam staat',
      text: places.length > 0 ? null : 'Nergens, voor zover u dat mag weten.',
      table: tableOf('Teksten', places, {
        Waar: (place) => cell(placeWords(place), pageOfPlace(place)),
        Soort: (place) => kindWords(place),
        Stand: ({ isThere }) =>
          isThere ? cell('staat er nog', null, 'warning') : cell('gewijzigd sindsdien', null, 'positive'),
      }),
    };
    const view: RecordView = {
      title: erasedAt ? 'De naam is verwijderd' : `De naam van ${name}`,
      back: { href: `${PEOPLE}/${id}`, label: name },
      texts: textsOf(erasure),
      sections: mayErase ? [found, { ...FOR_GOOD, form: { ...form, isDanger: true } }] : [found],
    };
    return page.showRecord(view, rejected);
  }

  @FormPost('', 'erasure.write')
  async erase(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(ERASURE_WORDS, (rejected) => this.show(form, id, rejected));
    const { ground, alsoKnownAs } = form.fields;
    const input = toInput(ErasureDto, { ground, alsoKnownAs: alsoKnownAs ? [alsoKnownAs] : undefined });
    await this.erasures.erase(id, input, form.version, form.caller);
    return form.goOn(`${PEOPLE}/${id}/naam`, 'De naam en het adres zijn verwijderd.');
  }
}

const textsOf = ({ erasedAt, ground }: ErasureView): string[] =>
  erasedAt
    ? [
        `Verwijderd op ${momentWords(erasedAt)}. Reden: ${ground}`,
        'Hieronder staat in welke teksten van uw gebieden de naam die dag stond. Haal hem daar weg: in een verslag door weg te lakken, elders door de tekst te wijzigen.',
      ]
    : ['Namen in aanwezigheid en bij acties verdwijnen vanzelf. In gewone tekst kijkt iemand het na.'];

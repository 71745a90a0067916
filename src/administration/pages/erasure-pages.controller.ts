import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ErasureDto, type ErasureView } from '../erasure/erasure.dto.js';
import { Erasures } from '../erasure/erasure.service.js';
import { People } from '../../directory/organisations/people.service.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, formProblemOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { kindWords, pageOfPlace } from './erasure.words.js';
import { momentWords } from '../../web/moments.rules.js';
import { PEOPLE } from './person-pages.service.js';
import { versionIn } from '../../web/records.rules.js';

const FIELDS: FieldSpec[] = [
  {
    ...{ name: 'ground', label: 'Waarom', type: 'prose', isRequired: true, maximum: 2000 },
    hint: 'Het verzoek of het artikel van de wet. Schrijf hier de naam niet.',
  },
  {
    ...{ name: 'alsoKnownAs', label: 'Ook bekend als', type: 'line', maximum: 100 },
    hint: 'Een achternaam of roepnaam waarnaar in teksten ook gezocht wordt. Mag leeg blijven.',
  },
  { name: 'version', label: '', type: 'hidden' },
];
const WORDS = {
  fields: { ground: 'Schrijf op waarom de naam verdwijnt.', alsoKnownAs: 'Schrijf minstens drie letters.' },
  codes: {
    LAST_ADMINISTRATOR: 'Dit is de laatste beheerder. Maak eerst iemand anders beheerder.',
    PERSON_ERASED: 'De naam van deze persoon is al verwijderd.',
  },
};

/** Where the name of somebody stands in texts, and taking the name away for good. */
@NotInDocument()
@Controller('beheer/mensen/:id/naam')
export class ErasurePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly people: People,
    private readonly erasures: Erasures,
  ) {}

  @Get()
  @Requires('erasure.read')
  show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.view(visit, caller, id);
  }

  @Post()
  @HttpCode(200)
  @Requires('erasure.write')
  async erase(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    try {
      const { ground, alsoKnownAs } = fields;
      const input = toInput(ErasureDto, { ground, alsoKnownAs: alsoKnownAs ? [alsoKnownAs] : undefined });
      await this.erasures.erase(id, input, versionIn(fields), caller);
      return this.pages.goOn(visit, `${PEOPLE}/${id}/naam`, 'De naam en het adres zijn verwijderd.');
    } catch (error) {
      return this.view(visit, caller, id, fields, formProblemOf(error, WORDS));
    }
  }

  private async view(visit: Visit, caller: Caller, id: string, fields: Fields = {}, problem?: FormProblem) {
    const { name } = await this.people.read(id, caller);
    const erasure = await this.erasures.read(id, caller);
    const stored = { alsoKnownAs: '', ground: '', ...fields, version: String(erasure.version) };
    const mayErase = erasure.erasedAt === null && isPermitted(caller, 'erasure.write');
    return this.pages.show(visit, 'web/pages/record', {
      title: erasure.erasedAt ? 'De naam is verwijderd' : `De naam van ${name}`,
      back: { href: `${PEOPLE}/${id}`, label: name },
      problem,
      texts: textsOf(erasure),
      sections: [
        {
          title: 'In welke teksten de naam staat',
          text: erasure.places.length > 0 ? null : 'Nergens, voor zover u dat mag weten.',
          table: tableOf(
            'Teksten',
            ['Waar', 'Soort', 'Stand'],
            erasure.places.map((place) => [
              cell(place.label, pageOfPlace(place)),
              cell(kindWords(place)),
              place.isThere ? cell('staat er nog', null, 'warning') : cell('gewijzigd sindsdien', null, 'positive'),
            ]),
          ),
        },
        ...(mayErase
          ? [
              {
                title: 'Naam verwijderen',
                text: 'Naam, adres, organisaties, rollen, links en aanmeldingen verdwijnen voorgoed. In verslagen en in de geschiedenis staat daarna "(naam verwijderd)". Dit kan niet ongedaan worden gemaakt.',
                form: formOf(
                  `${PEOPLE}/${id}/naam`,
                  'Naam voorgoed verwijderen',
                  filled(FIELDS, stored, problem),
                  true,
                ),
              },
            ]
          : []),
      ],
    });
  }
}

const textsOf = ({ erasedAt, ground }: ErasureView): string[] =>
  erasedAt
    ? [
        `Verwijderd op ${momentWords(erasedAt)}. Reden: ${ground}`,
        'Hieronder staat in welke teksten van uw gebieden de naam die dag stond. Haal hem daar weg: in een verslag door weg te lakken, elders door de tekst te wijzigen.',
      ]
    : ['Namen in aanwezigheid en bij acties verdwijnen vanzelf. In gewone tekst kijkt iemand het na.'];

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { ORGANISATIONS } from '../pages/organisation-pages.controller.js';
import { versionIn } from '../../web/records.rules.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { MergeOrganisationDto } from './mergers.dto.js';
import { Mergers } from './mergers.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages, type Went } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { previewFacts, previewTexts } from './merger.words.js';

const HIDDEN = ['intoId', 'version', 'confirmed'].map((name): FieldSpec => ({ name, label: '', type: 'hidden' }));
const WORDS = {
  fields: { intoId: 'Kies een andere organisatie, die zelf niet is samengevoegd.' },
  codes: {
    ORGANISATION_MERGED: 'Deze organisatie is al samengevoegd.',
    TOO_MANY_NAMES: 'Samen hebben ze meer dan twintig andere namen. Haal er eerst een paar weg.',
  },
};

/** Merging an organisation into another: choosing which, reading what will happen, and confirming it. */
@NotInDocument()
@Controller('beheer/organisaties/:id/samenvoegen')
export class MergerPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly organisations: Organisations,
    private readonly mergers: Mergers,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('organisations.merge')
  choose(@CurrentVisit() visit: Visit, @Param('id', IdPipe) id: string): Promise<string> {
    return this.showChoice(visit, id, {});
  }

  /** First says what will happen; does it when that was confirmed. */
  @Post()
  @HttpCode(200)
  @Requires('organisations.merge')
  merge(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WORDS,
      () => {
        const input = toInput(MergeOrganisationDto, { intoId: fields.intoId || '-' });
        return fields.confirmed === 'ja'
          ? this.carryOut(id, input, versionIn(fields), caller)
          : this.showPreview(visit, caller, id, fields);
      },
      (problem) => this.showChoice(visit, id, fields, problem),
    );
  }

  private async carryOut(id: string, input: MergeOrganisationDto, version: number, caller: Caller): Promise<Went> {
    const { name } = await this.mergers.merge(id, input, version, caller);
    const into = await this.organisations.read(input.intoId);
    return { path: `${ORGANISATIONS}/${into.id}`, notice: `${name} is samengevoegd met ${into.name}.` };
  }

  private async showChoice(visit: Visit, id: string, typed: Fields, problem?: FormProblem): Promise<string> {
    const { name, mergedIntoId, version } = await this.organisations.read(id);
    if (mergedIntoId !== null) return this.pages.goOn(visit, `${ORGANISATIONS}/${id}`);
    const options = (await this.choices.organisations('Kies een organisatie')).filter(({ value }) => value !== id);
    const fields: FieldSpec[] = [
      { name: 'intoId', label: 'Samenvoegen met', type: 'choice', isRequired: true, options },
      { name: 'version', label: '', type: 'hidden' },
    ];
    const values = { ...typed, version: String(version) };
    return this.pages.show(visit, 'web/pages/record', {
      title: `${name} samenvoegen`,
      back: { href: `${ORGANISATIONS}/${id}`, label: name },
      problem,
      texts: [`Kies de organisatie waarin ${name} verder gaat. U ziet daarna eerst wat er gebeurt.`],
      form: formOf(`${ORGANISATIONS}/${id}/samenvoegen`, 'Verder', filled(fields, values, problem)),
    });
  }

  private async showPreview(visit: Visit, caller: Caller, id: string, fields: Fields): Promise<string> {
    const { name } = await this.organisations.read(id);
    const into = await this.organisations.read(fields.intoId);
    const confirming = filled(HIDDEN, { ...fields, confirmed: 'ja' });
    return this.pages.show(visit, 'web/pages/record', {
      title: `${name} samenvoegen met ${into.name}`,
      back: { href: `${ORGANISATIONS}/${id}/samenvoegen`, label: 'Een andere organisatie kiezen' },
      texts: previewTexts(name, into.name),
      facts: previewFacts(await this.mergers.preview(id, caller)),
      form: formOf(`${ORGANISATIONS}/${id}/samenvoegen`, 'Voorgoed samenvoegen', confirming, true),
    });
  }
}

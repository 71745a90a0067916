import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { AreaMergers } from './area-mergers.service.js';
import { MergeAreaDto } from './mergers.dto.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';

const HIDDEN = ['intoId', 'version', 'confirmed'].map((name): FieldSpec => ({ name, label: '', type: 'hidden' }));

const WORDS = {
  fields: { intoId: 'Kies het gebied dat verdergaat.' },
  codes: {
    AREA_MERGED: 'Dit gebied is al samengevoegd met een ander.',
    AREA_LOOP: 'Een gebied kan niet samengaan met een gebied dat eronder valt. Voeg dat andere gebied met dit samen.',
    ROOT_STAYS: 'De gemeente zelf kan niet worden samengevoegd.',
    SESSIONS_AHEAD:
      'Er is nog een vergadering gepland of bezig in dit gebied. Houd die eerst, zeg haar af of verplaats het overleg.',
  },
};

const countOf = (actions: number): string => (actions === 1 ? '1 actie' : `${actions} acties`);

/** Merging an area into another: first a choice, then what will happen, then the deed. */
@NotInDocument()
@Controller('beheer/gebieden/:id/samenvoegen')
export class AreaMergerPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly areas: Areas,
    private readonly mergers: AreaMergers,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('areas.write')
  ask(@CurrentVisit() visit: Visit, @Param('id', IdPipe) id: string): Promise<string> {
    return this.showChoice(visit, id);
  }

  @Post()
  @HttpCode(200)
  @Requires('areas.write')
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
      async () => {
        const { intoId } = toInput(MergeAreaDto, { intoId: fields.intoId });
        if (fields.confirmed !== 'yes') return this.showPlan(visit, id, intoId, caller);
        const { name } = await this.mergers.merge(id, intoId, versionIn(fields), caller);
        const into = await this.areas.read(intoId);
        return { path: `/beheer/gebieden/${id}`, notice: `${name} is samengevoegd met ${into.name}.` };
      },
      (problem) => this.showChoice(visit, id, fields, problem),
    );
  }

  private async showChoice(visit: Visit, id: string, typed: Fields = {}, problem?: FormProblem): Promise<string> {
    const { name } = await this.areas.read(id);
    const options = (await this.choices.areas('Kies een gebied')).filter(({ value }) => value !== id);
    const specs: FieldSpec[] = [
      { name: 'intoId', label: 'Samenvoegen met', type: 'choice', isRequired: true, options },
    ];
    return this.pages.show(visit, 'web/pages/record', {
      title: `${name} samenvoegen`,
      back: { href: `/beheer/gebieden/${id}`, label: name },
      problem,
      texts: [
        `Kies het gebied dat verdergaat. ${name} blijft te vinden, met de acties en verslagen van toen. Nieuwe acties en overleggen komen in het andere gebied.`,
      ],
      form: formOf(`/beheer/gebieden/${id}/samenvoegen`, 'Bekijk wat er gebeurt', filled(specs, typed, problem)),
    });
  }

  private async showPlan(visit: Visit, id: string, intoId: string, caller: Caller): Promise<string> {
    const [area, into] = await Promise.all([this.areas.read(id), this.areas.read(intoId)]);
    const ending = await this.mergers.successions(id, intoId, caller.today);
    const fields = filled(HIDDEN, { version: String(area.version), intoId, confirmed: 'yes' });
    return this.pages.show(visit, 'web/pages/record', {
      title: `${area.name} samenvoegen met ${into.name}`,
      back: { href: `/beheer/gebieden/${id}/samenvoegen`, label: 'Een ander gebied kiezen' },
      texts: [
        `${area.name} valt vanaf vandaag onder ${into.name}. Wie voorzitter is van ${into.name}, ziet en wijzigt dan ook de acties van ${area.name}. Wat onder ${area.name} viel, komt rechtstreeks onder ${into.name}.`,
        'Oude verslagen, actienummers en jaarevaluaties blijven zoals ze zijn.',
        ...ending.map(
          ({ name, successorName, openActions }) =>
            `Het overleg “${name}” stopt. Wat daarvan nog open staat, komt op de lijst van “${successorName}”: ${countOf(openActions)}.`,
        ),
        'Dit kan niet terug.',
      ],
      form: formOf(`/beheer/gebieden/${id}/samenvoegen`, 'Samenvoegen', fields, true),
    });
  }
}

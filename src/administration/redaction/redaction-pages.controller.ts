import { isPermittedIn } from '../../platform/access/access.rules.js';
import { conflict, forbidden } from '../../platform/common/problems.js';
import type { MinutesView } from '../../minutes/minutes.dto.js';
import { MinutesService } from '../../minutes/minutes.service.js';
import { type FormProblem, problemWith } from '../../platform/rendering/form-problem.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { momentWords } from '../../web/moments.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { cell, tableOf } from '../../web/tables.rules.js';
import { kindWords, pageOfPlace, placeWords } from '../erasure/erasure.words.js';
import { MinutesRedaction } from './minutes-redaction.service.js';
import { RedactionPlaces } from './redaction-places.service.js';
import { LOOSE, MISSING, NO_PLACE, NOT_FOUND, REDACTION_WORDS, redactedWords } from './redaction.words.js';
import { RedactionDto, type RemovalView } from './removals.dto.js';

const ABOUT_ACTIONS = new Set(['action', 'action_update', 'action_file']);

/** Weglakken on a page: words and a ground, then every place they occur, then for good. */
@PageController('verslagen/:id/weglakken')
export class RedactionPagesController {
  constructor(
    private readonly minutes: MinutesService,
    private readonly redaction: MinutesRedaction,
    private readonly places: RedactionPlaces,
  ) {}

  @Page('', 'minutes.redact')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const minutes = await this.redactable(page, id);
    const { words = '', ground = '' } = rejected?.fields ?? {};
    const declared = await this.places.declared(id, page.caller);
    return page.show('administration/pages/redaction', {
      ...headOf(minutes, rejected?.problem),
      words,
      ground,
      errors: rejected?.problem.byField ?? {},
      declared: declared.map((one) => ({ ...one, at: momentWords(one.at) })),
    });
  }

  /** Shows the places first, since there is no way back; redacts those that are ticked once it is confirmed. */
  @FormPost('', 'minutes.redact')
  async redact(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const { fields } = form;
    form.ifRejected(REDACTION_WORDS, (rejected) => this.show(form, id, rejected));
    const { words = '', ground = '' } = fields;
    const missing = Object.entries({ words, ground }).filter(([, text]) => text === '');
    if (missing.length > 0)
      return this.show(form, id, {
        fields,
        problem: problemWith(Object.fromEntries(missing.map(([field]) => [field, MISSING[field]]))),
      });
    if (fields.stap !== 'weglakken') return this.preview(form, id);
    const items = [...new Set(form.values('plaats'))];
    if (items.length === 0) return this.preview(form, id, problemWith({ plaats: NO_PLACE }));
    const passages = await this.places.passages(id, words, items, form.caller);
    const input = toInput(RedactionDto, { ground, passages });
    const removal = await this.redaction.redact(id, input, form.version, form.caller);
    return this.done(form, await this.minutes.read(id, form.caller), removal, items.length);
  }

  private async preview(form: SubmittedForm, id: string, problem?: FormProblem): Promise<string> {
    const minutes = await this.redactable(form, id);
    const { words, ground } = form.fields;
    const places = await this.places.find(id, words, form.caller);
    if (places.length === 0)
      return this.show(form, id, { fields: form.fields, problem: problemWith({ words: NOT_FOUND }) });
    const ticked = problem ? form.values('plaats') : places.map(({ item }) => item);
    const titles = titlesOf(minutes);
    return form.show('administration/pages/redaction', {
      ...headOf(minutes, problem),
      words,
      ground,
      version: minutes.version,
      placesError: problem?.byField.plaats,
      places: places.map((place, index) => ({
        ...place,
        id: `plaats-${index + 1}`,
        isTicked: ticked.includes(place.item),
        isAlong: place.kind === 'loose' && places.length > 1,
        title: place.kind === 'loose' ? LOOSE : (titles.get(place.item) ?? place.item),
      })),
    });
  }

  private done(form: SubmittedForm, minutes: MinutesView, { elsewhere }: RemovalView, places: number): string {
    return form.show('administration/pages/redaction', {
      ...headOf(minutes),
      done: redactedWords(places),
      elsewhere: tableOf('Andere teksten', elsewhere, {
        Waar: (one) =>
          cell(
            placeWords(one),
            ABOUT_ACTIONS.has(one.kind) ? `/acties/${one.id}` : pageOfPlace({ ...one, areaId: null }),
          ),
        Soort: (one) => kindWords(one),
      }),
    });
  }

  /** 404 and 403 as for reading and redacting, 409 for a draft. */
  private async redactable(page: PageContext, id: string): Promise<MinutesView> {
    const minutes = await this.minutes.read(id, page.caller);
    if (!isPermittedIn(page.caller, 'minutes.redact', minutes.area.id)) throw forbidden();
    if (minutes.state === 'concept') throw conflict('MINUTES_NOT_SENT', 'Reopen the session to correct a draft.');
    return minutes;
  }
}

const headOf = ({ sessionId, meeting, heldOn }: MinutesView, problem?: FormProblem) => ({
  title: 'Woorden weglakken',
  id: sessionId,
  meetingName: meeting.name,
  heldOn,
  problem,
});

/** The items and actions of minutes as people know them, by number. */
const titlesOf = ({ items, actions, discussed, reportedDone, stillOpen }: MinutesView): Map<string, string> =>
  new Map([
    ...[...stillOpen, ...discussed, ...reportedDone, ...actions].map(({ number, title }): [string, string] => [
      number,
      `${number} ${title}`,
    ]),
    ...items.map(({ number, title }): [string, string] => [number, `${number}. ${title}`]),
  ]);

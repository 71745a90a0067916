import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { MEETING, toUpdate } from '../../actions/pages/standing.rules.js';
import { Adoption } from '../../minutes/adoption/adoption.service.js';
import { AdoptionDto } from '../../minutes/adoption/adoption.dto.js';
import { IdPipe } from '../../platform/common/ids.js';
import { invalid } from '../../platform/common/problems.js';
import { type Fields, fieldsOf, toInput } from '../../web/forms.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { ChangeDiscussionDto, type DiscussionView } from '../discussions.dto.js';
import { Discussions } from '../discussions.service.js';
import { treatedWords } from '../words.js';
import { SessionForms } from './session-forms.service.js';
import { versionOf } from './tried.js';

/** What came from last time: its actions, one by one or all that is done at once, and its minutes. */
@NotInDocument()
@Controller('vergaderingen/:id')
export class DiscussionFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly discussions: Discussions,
    private readonly adoption: Adoption,
  ) {}

  @Post('gereedgemeld')
  @HttpCode(200)
  @Requires('sessions.write')
  acceptReported(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    const filled = { form: 'gereedgemeld', at: 'acties', fields: fieldsOf(body) };
    return this.forms.take(visit, caller, id, filled, async () => {
      const count = await this.discussions.acceptReported(id, caller);
      return {
        notice: count === 1 ? '1 gereed gemelde actie is akkoord.' : `${count} gereed gemelde acties zijn akkoord.`,
      };
    });
  }

  @Post('besproken/:discussionId')
  @HttpCode(200)
  @Requires('sessions.write')
  treat(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('discussionId', IdPipe) discussionId: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    const form = `besproken-${discussionId}`;
    return this.forms.take(visit, caller, id, { form, at: form, fields }, async () => {
      const { number, version } = await this.enter(discussionId, fields, caller);
      return { notice: `${treatedWords(number, fields.do)}.`, versions: { version } };
    });
  }

  @Post('vaststellen/:earlierId')
  @HttpCode(200)
  @Requires('minutes.write')
  adopt(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('earlierId', IdPipe) earlierId: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    const form = `vaststellen-${earlierId}`;
    return this.forms.take(visit, caller, id, { form, at: 'vorig-verslag', fields }, async () => {
      const corrections = fields.kind === 'corrected' ? correctionsIn(fields) : undefined;
      const input = toInput(AdoptionDto, { kind: fields.kind, sessionId: id, corrections });
      await this.adoption.adopt(earlierId, input, versionOf(fields), caller);
      return { notice: corrections ? 'Het verslag is met verbeteringen vastgesteld.' : 'Het verslag is vastgesteld.' };
    });
  }

  private enter(id: string, fields: Fields, by: Caller): Promise<DiscussionView> {
    const { note = '', dueOn = '' } = fields;
    const answer = MEETING.answers.find((one) => one === fields.do);
    const input = toInput(ChangeDiscussionDto, { note });
    if (note === '') input.note = null;
    const version = versionOf(fields);
    if (answer === undefined) {
      const outcome = fields.do === 'note' ? {} : { outcome: 'discussed' as const };
      return this.discussions.change(id, { ...input, ...outcome }, version, by);
    }
    const update = toUpdate({ status: answer, line: note, day: answer === 'move' ? dueOn : '' }, MEETING);
    return this.discussions.treat(id, { ...input, outcome: 'updated' }, update, version, by);
  }
}

/** The corrections that were filled in; 400 when there is none. */
function correctionsIn(fields: Fields) {
  const rows = Object.keys(fields).flatMap((name) => /^item-(\d+)$/.exec(name)?.[1] ?? []);
  const corrections = rows
    .map((row) => ({ item: fields[`item-${row}`], old: fields[`old-${row}`] ?? '', new: fields[`new-${row}`] ?? '' }))
    .filter(({ item, old, new: to }) => item !== '' || old !== '' || to !== '');
  if (corrections.length === 0)
    throw invalid([{ field: 'corrections', message: 'corrections must name what changes' }]);
  return corrections;
}

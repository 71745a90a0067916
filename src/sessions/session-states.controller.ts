import { Body, Controller, Delete, Param, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { NothingPipe } from '../platform/common/nothing.pipe.js';
import { Cancellations } from './cancellations.service.js';
import { Closings } from './closings.service.js';
import { OpeningUndo } from './opening-undo.service.js';
import { Openings } from './openings.service.js';
import { CloseSessionDto, ReasonDto, UndoOpeningDto } from './session-states.dto.js';

/** The states of a session, each put with the ETag of the session. */
@Controller('v1/sessions/:id')
export class SessionStatesController {
  constructor(
    private readonly openings: Openings,
    private readonly openingUndo: OpeningUndo,
    private readonly closings: Closings,
    private readonly cancellations: Cancellations,
  ) {}

  @Put('opening')
  @Requires('sessions.write')
  @Describe('Open a session on its day or later; unfinished actions and items are taken over')
  open(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body(NothingPipe) _: unknown,
  ) {
    return this.openings.open(id, version, caller);
  }

  @Delete('opening')
  @Requires('sessions.write')
  @Describe('Undo the opening of a session, as long as nothing was recorded in it')
  undoOpening(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @Query() { discardsAttendance = false }: UndoOpeningDto,
    @CurrentCaller() caller: Caller,
  ) {
    return this.openingUndo.undo(id, version, discardsAttendance, caller);
  }

  @Put('closing')
  @Requires('sessions.write')
  @Describe('Close a session if nothing is missing; its minutes are composed', {
    rules:
      'A topic needs notes, a decision or an action, unless it is marked `not_discussed` or `adjourned`. Items of any other ' +
      'kind (`opening`, `minutes`, `actions`, `any_other_business`, `closing`) may stay empty; topics may too in a meeting ' +
      'with the minutes form `decisions_and_actions`. Each action recorded in the session needs an owner and a deadline. ' +
      '`heldUntil` counts in the hours of reviews; without it the session counts in none.',
  })
  close(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body() { heldUntil }: CloseSessionDto,
  ) {
    return this.closings.close(id, version, caller, heldUntil);
  }

  @Put('cancellation')
  @Requires('sessions.plan')
  @Describe('Cancel a planned session, with a reason')
  cancel(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.cancellations.cancel(id, reason, version, caller);
  }

  @Put('reopening')
  @Requires('sessions.write')
  @Describe('Reopen a closed session, with a reason, while its minutes are not adopted')
  reopen(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: ReasonDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.openings.reopen(id, reason, version, caller);
  }
}

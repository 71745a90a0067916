import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { AttendanceLists } from '../../meetings/attendance/attendance-lists.service.js';
import {
  ChangeAttendanceDto,
  CreateAttendanceDto,
  PutAttendanceDto,
} from '../../meetings/attendance/attendances.dto.js';
import { Attendances } from './attendances.service.js';

@Controller('v1')
export class AttendancesController {
  constructor(
    private readonly attendances: Attendances,
    private readonly lists: AttendanceLists,
  ) {}

  @Get('sessions/:id/attendances')
  @Requires('sessions.read')
  @Describe('List who was present and who is expected')
  list(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.lists.list(id, caller);
  }

  @Post('sessions/:id/attendances')
  @Requires('sessions.write')
  @Describe('Record a person or a guest')
  create(@Param('id', IdPipe) id: string, @Body() input: CreateAttendanceDto, @CurrentCaller() caller: Caller) {
    return this.attendances.create(id, input, caller);
  }

  @Put('sessions/:id/attendances/:personId')
  @Requires('sessions.write')
  @Describe('Record or correct a person; if not recorded yet, with the ETag of the session')
  put(
    @Param('id', IdPipe) id: string,
    @Param('personId', IdPipe) personId: string,
    @Body() input: PutAttendanceDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.attendances.put(id, personId, input, version, caller);
  }

  @Patch('attendances/:id')
  @Requires('sessions.write')
  @Describe('Correct an attendance')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeAttendanceDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.attendances.change(id, input, version, caller);
  }

  @Delete('attendances/:id')
  @HttpCode(204)
  @Requires('sessions.write')
  @Describe('Delete an attendance recorded by mistake')
  remove(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.attendances.remove(id, version, caller);
  }
}

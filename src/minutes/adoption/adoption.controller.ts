import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { AdoptionDto } from './adoption.dto.js';
import { Adoption } from './adoption.service.js';
import { MinutesToAdopt } from './minutes-to-adopt.service.js';
import { CreateRemarkDto } from './remarks.dto.js';
import { Remarks } from './remarks.service.js';

/** From sent to adopted: remarks, the minutes a session can adopt, and the adoption. */
@Controller('v1/sessions/:id')
export class AdoptionController {
  constructor(
    private readonly adoption: Adoption,
    private readonly toAdopt: MinutesToAdopt,
    private readonly remarks: Remarks,
  ) {}

  @Get('minutes-to-adopt')
  @Requires('minutes.read')
  @Describe('List the earlier minutes that this session can adopt, with their remarks')
  offered(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.toAdopt.list(id, query, caller);
  }

  @Get('minutes/adoption')
  @Requires('minutes.read')
  @Describe('Read how the minutes were adopted')
  adopted(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.adoption.read(id, caller);
  }

  @Put('minutes/adoption')
  @Requires('minutes.adopt')
  @Describe('Adopt the minutes: in a later session, unchanged or corrected, or in writing')
  adopt(
    @Param('id', IdPipe) id: string,
    @Body() input: AdoptionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.adoption.adopt(id, input, version, caller);
  }

  @Get('minutes/remarks')
  @Requires('minutes.read')
  @Describe('List the remarks on the minutes')
  remarked(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.remarks.list(id, query, caller);
  }

  @Post('minutes/remarks')
  @Requires('minutes.remark')
  @Describe('Add a remark to sent minutes')
  remark(@Param('id', IdPipe) id: string, @Body() input: CreateRemarkDto, @CurrentCaller() caller: Caller) {
    return this.remarks.add(id, input, caller);
  }
}

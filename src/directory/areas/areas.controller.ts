import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { AreaListDto, ChangeAreaDto, CreateAreaDto } from './areas.dto.js';
import { Areas } from './areas.service.js';

@Controller('v1/areas')
export class AreasController {
  constructor(private readonly areas: Areas) {}

  @Get()
  @Requires('areas.read')
  @Describe('List areas')
  list(@Query() query: AreaListDto) {
    return this.areas.list(query);
  }

  @Post()
  @Requires('areas.write')
  @Describe('Add an area', { location: '/v1/areas', never: ['NOT_FOUND'] })
  create(@Body() input: CreateAreaDto, @CurrentCaller() caller: Caller) {
    return this.areas.create(input, caller);
  }

  @Get(':id')
  @Requires('areas.read')
  @Describe('Read an area')
  read(@Param('id', IdPipe) id: string) {
    return this.areas.read(id);
  }

  @Patch(':id')
  @Requires('areas.write')
  @Describe('Change an area; renaming keeps the former name')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeAreaDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.areas.change(id, input, version, caller);
  }
}

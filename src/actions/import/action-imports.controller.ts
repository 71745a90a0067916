import { Body, Controller, Get, Param, Post, Put, Query, Req, UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { CSV_TYPE, TABLE_TYPES, XLSX_TYPE } from '../../platform/common/media-types.js';
import { CreateImportDto, ExecuteImportDto } from './action-imports.dto.js';
import { ActionImports } from './action-imports.service.js';

@Controller('v1/action-imports')
export class ActionImportsController {
  constructor(private readonly imports: ActionImports) {}

  @Post()
  @Requires('actions.import')
  @Describe('Upload an action list as a dry run: returns what each row would change', {
    location: '/v1/action-imports',
    takes: TABLE_TYPES,
  })
  propose(@Query() { area }: CreateImportDto, @Req() { body }: FastifyRequest, @CurrentCaller() caller: Caller) {
    if (!Buffer.isBuffer(body)) {
      throw new UnsupportedMediaTypeException(`Send the list as ${CSV_TYPE} or ${XLSX_TYPE}.`, {
        errorCode: 'UNSUPPORTED_MEDIA_TYPE',
      });
    }
    return this.imports.propose(body, area, caller);
  }

  @Get(':id')
  @Requires('actions.import')
  @Describe('Read what an uploaded list would change, or has changed')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.imports.read(id, caller);
  }

  @Put(':id/execution')
  @Requires('actions.import')
  @Describe('Execute the import in one transaction; invalid rows are left out')
  execute(
    @Param('id', IdPipe) id: string,
    @Body() { doOwnersKnow = true }: ExecuteImportDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.imports.execute(id, version, doOwnersKnow, caller);
  }
}

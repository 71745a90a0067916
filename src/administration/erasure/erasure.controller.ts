import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ErasureDto, ErasureReadDto } from './erasure.dto.js';
import { Erasures } from './erasure.service.js';
import { PersonExport } from './person-export.service.js';

@Controller('v1/people/:id')
export class ErasureController {
  constructor(
    private readonly erasures: Erasures,
    private readonly exports: PersonExport,
  ) {}

  @Get('export')
  @Requires('people.export')
  @Describe('Export all data held about a person; for that person and for administrators')
  async export(
    @Param('id', IdPipe) id: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const held = await this.exports.of(id, caller);
    void reply.header('Content-Disposition', 'attachment; filename="gegevens.json"');
    return held;
  }

  @Get('erasure')
  @Requires('erasure.read')
  @Describe('List texts in your areas that contain the name of a person, before and after its erasure')
  read(@Param('id', IdPipe) id: string, @Query() query: ErasureReadDto, @CurrentCaller() caller: Caller) {
    return this.erasures.read(id, caller, query.alsoKnownAs ? [query.alsoKnownAs] : []);
  }

  @Put('erasure')
  @Requires('erasure.write')
  @Describe('Permanently erase a person: name, address, memberships, links and sessions')
  erase(
    @Param('id', IdPipe) id: string,
    @Body() input: ErasureDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.erasures.erase(id, input, version, caller);
  }
}

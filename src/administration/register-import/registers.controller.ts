import {
  Controller,
  Get,
  Injectable,
  Param,
  type PipeTransform,
  Post,
  Put,
  Query,
  Req,
  Res,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { contentTypeOf, formatOf } from '../../platform/common/accept.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { notFound } from '../../platform/common/problems.js';
import { CSV_TYPE, TABLE_TYPES, XLSX_TYPE } from '../../platform/common/media-types.js';
import { toCsv } from '../../platform/rendering/tables.js';
import { cellsOf, csvCells } from './register-cells.rules.js';
import { type Register, REGISTER_LAYOUTS, REGISTERS } from './register-columns.rules.js';
import { CreateRegisterImportDto, type RegisterTableView } from './register-imports.dto.js';
import { RegisterImports } from './register-imports.service.js';
import { RegisterTables } from './register-tables.service.js';

/** A register by its name in the path; 404 if unknown. */
@Injectable()
class RegisterPipe implements PipeTransform<string, Register> {
  transform(value: string): Register {
    const found = REGISTERS.find((name) => name === value);
    if (!found) throw notFound();
    return found;
  }
}

/** Registers as tables, export and import. Routes require permission to fill people; services check other registers. */
@Controller('v1')
export class RegistersController {
  constructor(
    private readonly tables: RegisterTables,
    private readonly imports: RegisterImports,
  ) {}

  @Get('registers/:register')
  @Requires('people.write')
  @Describe('Export a register as a table, in the columns of its import', {
    also: [CSV_TYPE],
  })
  async table(
    @Param('register', RegisterPipe) register: Register,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisterTableView | string> {
    const format = formatOf(request, ['json', 'csv']);
    void reply.header('Vary', 'Accept');
    const rows = await this.tables.of(register, caller);
    const { columns } = REGISTER_LAYOUTS[register];
    if (format === 'json') return { register, columns, rows: rows.map((cells) => cellsOf(columns, cells)) };
    void reply.type(contentTypeOf(format));
    void reply.header('Content-Disposition', `attachment; filename="${register}-${caller.today}.csv"`);
    return toCsv(
      columns,
      rows.map((cells) => csvCells(columns, cells)),
    );
  }

  @Post('register-imports')
  @Requires('people.write')
  @Describe('Preview the effect of each row of a file on a register, without applying it', {
    location: '/v1/register-imports',
    takes: TABLE_TYPES,
  })
  propose(
    @Query() { register }: CreateRegisterImportDto,
    @Req() { body }: FastifyRequest,
    @CurrentCaller() caller: Caller,
  ) {
    if (!Buffer.isBuffer(body)) {
      throw new UnsupportedMediaTypeException(`Send the table as ${CSV_TYPE} or ${XLSX_TYPE}.`, {
        errorCode: 'UNSUPPORTED_MEDIA_TYPE',
      });
    }
    return this.imports.propose(body, register, caller);
  }

  @Get('register-imports/:id')
  @Requires('people.write')
  @Describe('Read the effect of an uploaded file on a register, before or after it is applied')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.imports.read(id, caller);
  }

  @Put('register-imports/:id/execution')
  @Requires('people.write')
  @Describe('Apply an uploaded file as previewed, all or nothing')
  execute(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.imports.execute(id, version, caller);
  }
}

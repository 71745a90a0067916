import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { CurrentUpload, type IncomingForm, TakesFiles } from '../../platform/common/form-files.js';
import { IdPipe } from '../../platform/common/ids.js';
import {
  answerFile,
  answerThumbnail,
  FILE_MEDIA_TYPES,
  FILE_RULES,
  FORM_TYPE,
  THUMBNAIL_TYPE,
} from '../../files/file-answers.js';
import { FileStore } from '../../files/file-store.js';
import { RedactFileDto } from '../../files/files.dto.js';
import type { ItemFileList } from './item-files.views.js';
import { ItemFiles } from './item-files.service.js';

@Controller('v1/agenda-items/:id/files')
export class ItemFilesController {
  constructor(
    private readonly files: ItemFiles,
    private readonly store: FileStore,
  ) {}

  @Get()
  @Requires('sessions.read')
  @Describe('List the papers of an agenda item, with those of the items it was carried over from')
  async list(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller): Promise<ItemFileList> {
    return { items: await this.files.list(id, caller) };
  }

  @Post()
  @TakesFiles()
  @Requires('agenda.propose')
  @Describe('Add a paper to an agenda item', { takes: [FORM_TYPE], rules: FILE_RULES })
  add(
    @Param('id', IdPipe) id: string,
    @CurrentUpload() upload: IncomingForm | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    return this.files.add(id, upload, caller);
  }

  @Get(':fileId')
  @Requires('sessions.read')
  @Describe('Download a paper of an agenda item', { also: FILE_MEDIA_TYPES })
  async read(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerFile(reply, this.store, await this.files.one(id, fileId, caller));
  }

  @Get(':fileId/thumbnail')
  @Requires('sessions.read')
  @Describe('Download the thumbnail of an image of an agenda item', { also: THUMBNAIL_TYPE })
  async thumbnail(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerThumbnail(reply, this.store, await this.files.one(id, fileId, caller));
  }

  @Delete(':fileId')
  @HttpCode(204)
  @Requires('agenda.propose')
  @Describe('Remove a paper that you added, or any paper of a session you write in, until the minutes are sent')
  remove(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.files.remove(id, fileId, version, caller);
  }

  @Put(':fileId/redaction')
  @HttpCode(204)
  @Requires('minutes.redact')
  @Describe('Redact a paper after the minutes were sent, stating the ground (weglakken)')
  redact(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @Body() { ground }: RedactFileDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.files.redact(id, fileId, ground, version, caller);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  answerFile,
  answerThumbnail,
  FILE_MEDIA_TYPES,
  FILE_RULES,
  FORM_TYPE,
  THUMBNAIL_TYPE,
} from '../../files/file-answers.js';
import { FileStore } from '../../files/file-store.js';
import { ChangeFileDto } from '../../files/files.dto.js';
import type { FileList } from '../../files/files.views.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { CurrentUpload, type IncomingForm, TakesFiles } from '../../platform/common/form-files.js';
import { IdPipe } from '../../platform/common/ids.js';
import { InitiativeFiles } from './initiative-files.service.js';

@Controller('v1/initiatives/:id/files')
export class InitiativeFilesController {
  constructor(
    private readonly files: InitiativeFiles,
    private readonly store: FileStore,
  ) {}

  @Get()
  @Requires('budgets.write')
  @Describe('List the photos and receipts of an initiative, oldest first')
  async list(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller): Promise<FileList> {
    return { items: await this.files.list(id, caller) };
  }

  @Post()
  @TakesFiles()
  @Requires('budgets.write')
  @Describe('Add a file to an initiative', { takes: [FORM_TYPE], rules: FILE_RULES })
  add(
    @Param('id', IdPipe) id: string,
    @CurrentUpload() upload: IncomingForm | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    return this.files.add(id, upload, caller);
  }

  @Get(':fileId')
  @Requires('budgets.write')
  @Describe('Download a file of an initiative', { also: FILE_MEDIA_TYPES })
  async read(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerFile(reply, this.store, await this.files.one(id, fileId, caller));
  }

  @Get(':fileId/thumbnail')
  @Requires('budgets.write')
  @Describe('Download the thumbnail of an image of an initiative', { also: THUMBNAIL_TYPE })
  async thumbnail(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerThumbnail(reply, this.store, await this.files.one(id, fileId, caller));
  }

  @Patch(':fileId')
  @Requires('budgets.write')
  @Describe('Show or hide a photo of an initiative on the public page of its area')
  change(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @Body() { isPublic }: ChangeFileDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.files.change(id, fileId, { isPublic, version }, caller);
  }

  @Delete(':fileId')
  @HttpCode(204)
  @Requires('budgets.write')
  @Describe('Remove a file of an initiative')
  remove(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.files.remove(id, fileId, version, caller);
  }
}

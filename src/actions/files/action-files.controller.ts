import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
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
import { ChangeFileDto } from '../../files/files.dto.js';
import type { FileList } from '../../files/files.views.js';
import { ActionFiles } from './action-files.service.js';

@Controller('v1/actions/:id/files')
export class ActionFilesController {
  constructor(
    private readonly files: ActionFiles,
    private readonly store: FileStore,
  ) {}

  @Get()
  @Requires('actions.read')
  @Describe('List the files of an action, oldest first')
  async list(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller): Promise<FileList> {
    return { items: await this.files.list(id, caller) };
  }

  @Post()
  @TakesFiles()
  @Requires('actions.answer')
  @Describe('Add a file to an action', { takes: [FORM_TYPE], rules: FILE_RULES })
  add(
    @Param('id', IdPipe) id: string,
    @CurrentUpload() upload: IncomingForm | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    return this.files.add(id, upload, caller);
  }

  @Get(':fileId')
  @Requires('actions.read')
  @Describe('Download a file of an action', { also: FILE_MEDIA_TYPES })
  async read(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerFile(reply, this.store, await this.files.one(id, fileId, caller));
  }

  @Get(':fileId/thumbnail')
  @Requires('actions.read')
  @Describe('Download the thumbnail of an image of an action', { also: THUMBNAIL_TYPE })
  async thumbnail(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerThumbnail(reply, this.store, await this.files.one(id, fileId, caller));
  }

  @Patch(':fileId')
  @Requires('actions.write')
  @Describe('Show or hide a file of an action on the public page of its area')
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
  @Requires('actions.answer')
  @Describe('Remove a file that you added to an action, or any file of an action that you may change')
  remove(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    return this.files.remove(id, fileId, version, caller);
  }
}

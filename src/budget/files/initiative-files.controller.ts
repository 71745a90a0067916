import { Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { CurrentUpload, type IncomingForm, TakesFiles } from '../../platform/common/form-files.js';
import { IdPipe } from '../../platform/common/ids.js';
import { answerFile, answerThumbnail, FILE_MEDIA_TYPES, THUMBNAIL_TYPE } from '../../files/file-answers.js';
import { FILE_RULES, FORM_TYPE } from '../../files/file-answers.js';
import { FileStore } from '../../files/file-store.js';
import type { FileList } from '../../files/files.views.js';
import { InitiativeFiles } from './initiative-files.service.js';

@Controller('v1/initiatives/:id/files')
export class InitiativeFilesController {
  constructor(
    private readonly files: InitiativeFiles,
    private readonly store: FileStore,
  ) {}

  @Get()
  @Requires('budgets.read')
  @Describe('List the files of an initiative, oldest first')
  async list(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller): Promise<FileList> {
    return { items: await this.files.list(id, caller) };
  }

  @Post()
  @TakesFiles()
  @Requires('budgets.write')
  @Describe('Add a file to a granted initiative', { takes: [FORM_TYPE], rules: FILE_RULES })
  add(
    @Param('id', IdPipe) id: string,
    @CurrentUpload() upload: IncomingForm | undefined,
    @CurrentCaller() caller: Caller,
  ) {
    return this.files.add(id, upload, caller);
  }

  @Get(':fileId')
  @Requires('budgets.read')
  @Describe('Read the bytes of a file of an initiative', { also: FILE_MEDIA_TYPES })
  async read(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerFile(reply, this.store, await this.files.one(id, fileId, caller));
  }

  @Get(':fileId/thumbnail')
  @Requires('budgets.read')
  @Describe('Read a small picture of an image of an initiative', { also: THUMBNAIL_TYPE })
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

import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { answerFile, answerThumbnail, FILE_MEDIA_TYPES, THUMBNAIL_TYPE } from '../../files/file-answers.js';
import { safeName } from '../../files/file-formats.rules.js';
import { FileStore } from '../../files/file-store.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import type { PublicFileList } from './public-files.dto.js';
import { PublicFiles } from './public-files.service.js';

/** Photos and documents of results, for everyone. */
@Controller('v1/public/areas/:id/files')
export class PublicFilesController {
  constructor(
    private readonly files: PublicFiles,
    private readonly store: FileStore,
  ) {}

  @Get()
  @Requires('published')
  @Describe('List the public photos and documents of an area, newest first')
  async list(@Param('id', IdPipe) id: string): Promise<PublicFileList> {
    return { items: await this.files.list(id) };
  }

  @Get(':fileId')
  @Requires('published')
  @Describe('Download a public file of an area', { also: FILE_MEDIA_TYPES })
  async read(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const file = await this.files.one(id, fileId);
    return answerFile(reply, this.store, { ...file, name: safeName(file.what, file.format) });
  }

  @Get(':fileId/thumbnail')
  @Requires('published')
  @Describe('Download the thumbnail of a public image of an area', { also: THUMBNAIL_TYPE })
  async thumbnail(
    @Param('id', IdPipe) id: string,
    @Param('fileId', IdPipe) fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerThumbnail(reply, this.store, await this.files.one(id, fileId));
  }
}

import { Module } from '@nestjs/common';
import { FileStaging } from './file-staging.service.js';
import { FileStore } from './file-store.js';
import { FileSweeper } from './file-sweeper.js';
import { Files } from './files.service.js';

/** Files that belong to records of later rooms: bytes on disk, metadata in the database. */
@Module({
  providers: [Files, FileStaging, FileStore, FileSweeper],
  exports: [Files, FileStaging, FileStore, FileSweeper],
})
export class FilesModule {}

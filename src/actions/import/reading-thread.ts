import { Injectable } from '@nestjs/common';
import { BackgroundWorker } from '../../platform/rendering/background-worker.js';

/** A separate worker thread to parse files, so that large files and documents do not block each other. */
@Injectable()
export class ReadingThread extends BackgroundWorker {}

import { Injectable } from '@nestjs/common';
import { BackgroundWorker } from '../../platform/rendering/background-worker.js';

/** A thread of its own for reading files, so that a large one does not wait for a document, nor a document for it. */
@Injectable()
export class ReadingThread extends BackgroundWorker {}

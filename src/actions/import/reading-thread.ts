import { Injectable } from '@nestjs/common';
import { Aside } from '../../platform/rendering/aside.js';

/** A thread of its own for reading files, so that a large one does not wait for a document, nor a document for it. */
@Injectable()
export class ReadingThread extends Aside {}

import { Injectable } from '@nestjs/common';
import type { Attachment } from '../../platform/mail/mail-kinds.js';
import type { MinutesView } from '../minutes.dto.js';
import { fileNameOf, toDocument } from './minutes-document.rules.js';
import { minutesPdf } from './minutes-pdf.js';

/** The number of PDFs cached: somewhat more than one invitation attaches. */
const MOST_KEPT = 8;

/** The attachments of mails. An open text is the same for everyone, so mails sent together share one PDF. */
@Injectable()
export class MinutesPapers {
  private readonly made = new Map<string, Promise<Buffer>>();

  attachmentOf(view: MinutesView): Attachment {
    return {
      filename: fileNameOf(view, 'pdf'),
      contentType: 'application/pdf',
      content: () => this.pdfOf(view),
    };
  }

  private pdfOf(view: MinutesView): Promise<Buffer> {
    const document = toDocument(view);
    const key = JSON.stringify(document);
    const known = this.made.get(key);
    if (known) return known;
    const pdf = minutesPdf(document);
    this.made.set(key, pdf);
    if (this.made.size > MOST_KEPT) this.made.delete(this.made.keys().next().value!);
    return pdf;
  }
}

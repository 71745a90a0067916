import { Injectable } from '@nestjs/common';
import type { Attachment } from '../../platform/mail/mail-kinds.js';
import type { MinutesView } from '../minutes.dto.js';
import { fileNameOf, toDocument } from './minutes-document.rules.js';
import { minutesPdf } from './minutes-pdf.js';

/** As many as an invitation brings along, and then some. */
const MOST_KEPT = 8;

/** The papers that go with mails. An open text is the same for everyone, so its PDF is made once for those that leave together. */
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

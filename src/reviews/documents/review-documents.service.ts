import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { contentTypeOf } from '../../platform/common/accept.js';
import type { Format } from '../../platform/common/media-types.js';
import { notFound } from '../../platform/common/problems.js';
import { BackgroundWorker } from '../../platform/rendering/background-worker.js';
import type { Photo } from '../../platform/documents/blocks.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { toReviewDocument } from './review-html.js';
import { reviewDocx } from './review-docx.js';
import { PDF_MODULE, prepareReviewPdf, reviewPdf } from './review-pdf.js';
import { toCsv, toXlsx } from './review-sheets.js';
import { tablesOf } from './review-tables.rules.js';
import type { ReviewView } from '../reviews.dto.js';

export const REVIEW_FORMATS = ['json', 'html', 'pdf', 'docx', 'xlsx', 'csv'] as const satisfies Format[];

/** The format of a file that is offered beside a review on its page; 404 if it has no such file. */
export function fileFormatOf(name: string): Format {
  if (name !== 'pdf' && name !== 'docx' && name !== 'xlsx') throw notFound();
  return name;
}

/** A review as web page, PDF, Word document and tables for a spreadsheet. */
@Injectable()
export class ReviewDocuments {
  constructor(
    private readonly renderer: Renderer,
    private readonly backgroundWorker: BackgroundWorker,
  ) {}

  /** For a document that is sent as soon as its review is read, which takes up to seconds. */
  prepare(format: Format): void {
    if (format === 'pdf') this.backgroundWorker.prepare(PDF_MODULE, { prepareReviewPdf });
  }

  /** Sets the response headers of the format and returns the content; `photos` are printed in the PDF. */
  async send(
    reply: FastifyReply,
    review: ReviewView,
    format: Format,
    photos: readonly Photo[] = [],
  ): Promise<string | Buffer> {
    void reply.type(contentTypeOf(format));
    if (format !== 'html')
      void reply.header('Content-Disposition', `attachment; filename="${fileNameOf(review)}.${format}"`);
    if (format === 'html') return this.renderer.renderHtml('reviews/documents/review', toReviewDocument(review));
    if (format === 'pdf') return this.backgroundWorker.bytes(PDF_MODULE, { reviewPdf }, { ...review, photos });
    if (format === 'docx') return reviewDocx(review);
    return format === 'xlsx' ? toXlsx(tablesOf(review)) : toCsv(tablesOf(review));
  }
}

/** `jaarevaluatie-boskoop-2025-12-31`, in plain letters only. */
function fileNameOf({ areaName, opgave, asOf }: ReviewView): string {
  const plain = `${areaName} ${opgave ?? ''}`
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return `jaarevaluatie-${plain || 'gebied'}-${asOf}`;
}

import { Global, Module } from '@nestjs/common';
import { LinkPages } from './link-pages.js';

/** The pages behind links in mails, for every room that sends such links. */
@Global()
@Module({ providers: [LinkPages], exports: [LinkPages] })
export class LinkPagesModule {}

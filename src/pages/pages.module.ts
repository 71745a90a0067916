import { Module } from '@nestjs/common';

/** The pages for who has signed in. */
@Module({})
export class PagesModule {}

import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Database } from './database.js';
import { FormerStates } from './former-states.js';
import { HealthController } from './health.controller.js';
import { LongReads } from './long-reads.js';
import { Transactions } from './transactions.js';

@Global()
@Module({})
export class DatabaseModule {
  static of(database: Database): DynamicModule {
    return {
      module: DatabaseModule,
      controllers: [HealthController],
      providers: [{ provide: Database, useValue: database }, Transactions, LongReads, FormerStates],
      exports: [Database, Transactions, LongReads, FormerStates],
    };
  }
}

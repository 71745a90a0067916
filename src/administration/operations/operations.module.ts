import { Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { RequestCounts } from './request-counts.js';
import { ServiceState } from './state.service.js';

/** For who keeps the service running: how it stands, in words and in numbers. */
@Module({
  controllers: [MetricsController],
  providers: [RequestCounts, ServiceState],
  exports: [RequestCounts, ServiceState],
})
export class OperationsModule {}

import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions.module.js';
import { AuditModule } from '../../platform/audit/audit.module.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { EscalationMail } from './escalation-mail.service.js';
import { EscalationsController } from './escalations.controller.js';
import { Escalations } from './escalations.service.js';

@Module({
  imports: [ActionsModule, AuditModule, OrganisationsModule],
  controllers: [EscalationsController],
  providers: [Escalations, EscalationMail],
  exports: [Escalations],
})
export class EscalationsModule {}

import { Module } from '@nestjs/common';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { MailModule } from '../../platform/mail/mail.module.js';
import { WijkagendaModule } from '../wijkagenda.module.js';
import { KoersoverzichtController } from './koersoverzicht.controller.js';
import { Koersoverzicht } from './koersoverzicht.service.js';
import { MonthlyMail } from './monthly-mail.js';
import { KoersoverzichtRequests } from './requests.service.js';

@Module({
  imports: [AreasModule, MailModule, WijkagendaModule],
  controllers: [KoersoverzichtController],
  providers: [Koersoverzicht, KoersoverzichtRequests, MonthlyMail],
  exports: [Koersoverzicht, KoersoverzichtRequests],
})
export class KoersoverzichtModule {}

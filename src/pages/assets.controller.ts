import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ForEveryone } from '../access/requires.js';
import { PROJECT_ROOT } from '../common/project-root.js';

/** The style sheet of the pages, from the service itself: the pages load nothing from elsewhere. */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  private readonly answer = readFileSync(join(PROJECT_ROOT, 'templates/assets/answer.css'), 'utf8');

  @Get('answer.css')
  @ForEveryone()
  @Header('Content-Type', 'text/css; charset=utf-8')
  styles(): string {
    return this.answer;
  }
}

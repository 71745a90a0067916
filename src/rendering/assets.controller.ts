import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { ForEveryone } from '../access/requires.js';
import { notFound } from '../common/problems.js';
import { PROJECT_ROOT } from '../common/project-root.js';

const FOLDER = join(PROJECT_ROOT, 'templates', 'assets');
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The own style sheets and scripts. The list is read once at start, so that no request reaches the disk. */
@Controller('assets')
export class AssetsController {
  private readonly files = new Map(
    readdirSync(FOLDER)
      .filter((name) => Object.hasOwn(TYPES, extname(name)))
      .map((name) => [name, readFileSync(join(FOLDER, name))]),
  );

  @Get(':name')
  @ForEveryone()
  read(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const content = this.files.get(name);
    if (!content) throw notFound();
    void reply.type(TYPES[extname(name)]).header('Cache-Control', 'public, max-age=86400').send(content);
  }
}

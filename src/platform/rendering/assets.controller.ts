import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../access/requires.js';
import { NotInDocument } from '../common/describe.js';
import { notFound } from '../common/problems.js';
import { Assets } from './assets.js';

const A_DAY = 'public, max-age=86400';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Our own style sheets, scripts and typeface. */
@NotInDocument()
@Controller('assets')
export class AssetsController {
  constructor(private readonly assets: Assets) {}

  @Get(':name')
  @Requires('everyone')
  read(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const asset = this.assets.find(name);
    if (!asset) throw notFound();
    void reply.type(asset.type).header('Cache-Control', asset.isVersioned ? FOR_EVER : A_DAY);
    void reply.header('Vary', 'Accept-Encoding');
    const taken: string[] = request.headers['accept-encoding']?.match(/\b(br|gzip)\b/g) ?? [];
    const best = asset.encoded.find(({ encoding }) => taken.includes(encoding));
    if (best) void reply.header('Content-Encoding', best.encoding);
    void reply.send(best?.content ?? asset.content);
  }
}

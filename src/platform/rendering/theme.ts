import { Inject, Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { SETTINGS, type Settings } from '../settings.js';
import { themed, type Tokens, tokensIn } from './theme.rules.js';
import { TOKENS } from './tokens.js';

/** The look of this municipality: our tokens with those of `THEME_CSS` over them, read once at start. */
@Injectable()
export class Theme {
  readonly tokens: Tokens;

  constructor(@Inject(SETTINGS) settings: Pick<Settings, 'THEME_CSS'>) {
    const file = settings.THEME_CSS;
    this.tokens = themed(TOKENS, file ? tokensIn(readFileSync(file, 'utf8')) : null);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { SETTINGS, type Settings } from '../settings.js';
import { resolved, themed, type Tokens, tokensIn } from './theme.rules.js';
import { type Dress, TOKENS, wear } from './tokens.js';

/** An image of the municipality: `logo.png`. */
interface Picture {
  name: string;
  content: Buffer;
}

/** The default favicon, in the colours of the theme. */
const ownIcon = (ground: string, letter: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${ground}"/><path d="M7 10l4.5 13L16 12l4.5 11L25 10" fill="none" stroke="${letter}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** The look of this municipality, read once at start: our tokens with those of `THEME_CSS` over them, logo and favicon. */
@Injectable()
export class Theme {
  readonly tokens: Tokens;
  readonly logo: Picture | null;
  readonly icon: Picture;
  /** The values that PDF and Word documents are drawn with. */
  readonly dress: Dress;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    const { THEME_CSS, LOGO_FILE, FAVICON_FILE } = settings;
    this.tokens = themed(TOKENS, THEME_CSS ? tokensIn(readFileSync(THEME_CSS, 'utf8'), THEME_CSS) : null);
    this.logo = LOGO_FILE ? pictureAt(LOGO_FILE, 'logo') : null;
    this.icon = FAVICON_FILE ? pictureAt(FAVICON_FILE, 'icon') : this.ownIcon();
    const logo = this.isBitmap && this.logo ? dataUrl(this.logo) : null;
    this.dress = { tokens: this.tokens, logo, municipality: settings.MUNICIPALITY };
    wear(this.dress);
  }

  /** The base URL of the service, from which mails load the logo. */
  get publicUrl(): string {
    return this.settings.PUBLIC_URL;
  }

  /** Mail programs and Word show no SVG. */
  get isBitmap(): boolean {
    return this.logo?.name.endsWith('.png') ?? false;
  }

  private ownIcon(): Picture {
    const [ground, letter] = ['brand', 'on-brand'].map((name) => resolved(`var(--wa-${name})`, this.tokens.light));
    return { name: 'icon.svg', content: Buffer.from(ownIcon(ground, letter)) };
  }
}

const pictureAt = (file: string, stem: string): Picture => ({
  name: `${stem}${extname(file).toLowerCase()}`,
  content: readFileSync(file),
});

const dataUrl = ({ content }: Picture): string => `data:image/png;base64,${content.toString('base64')}`;

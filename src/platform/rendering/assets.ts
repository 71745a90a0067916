import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { PROJECT_ROOT } from '../common/project-root.js';
import { fontFiles } from './font.js';
import { tightened, type Tokens, usedTokens } from './theme.rules.js';
import { Theme } from './theme.js';

const FOLDER = join(PROJECT_ROOT, 'templates', 'platform', 'assets');
const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};
/** Formats that are already compressed. */
const COMPRESSED: ReadonlySet<string> = new Set(['.woff2', '.png']);
/** The parts of the Utrecht component library used by pages; paper documents use none. */
const COMPONENTS = [
  'html-content',
  'alert',
  'button',
  'data-list',
  'form-field',
  'form-field-description',
  'form-field-error-message',
  'nav-bar',
  'nav-list',
  'page-footer',
  'page-header',
  'skip-link',
  'status-badge',
];
const VERSIONED = /^(.+)-([0-9a-f]{8})(\.[a-z0-9]+)$/;

interface Asset {
  content: Buffer;
  /** By encoding, smallest first; empty for formats that are already compressed. */
  encoded: readonly { encoding: 'br' | 'gzip'; content: Buffer }[];
  type: string;
  /** Content hash: a changed file gets a new URL. */
  version: string;
}

/** Style sheets and scripts, read once at start, so that requests never touch the disk. */
@Injectable()
export class Assets {
  private readonly files: Map<string, Asset>;

  constructor(theme: Theme) {
    const scripts = readdirSync(FOLDER).filter((name) => extname(name) === '.js');
    this.files = new Map(scripts.map((name) => [name, assetOf(name, readFileSync(join(FOLDER, name)))]));
    const webauthn = createRequire(import.meta.url).resolve('@simplewebauthn/browser');
    const bundle = join(dirname(webauthn), '..', 'dist', 'bundle', 'index.umd.min.js');
    this.files.set('webauthn.js', assetOf('webauthn.js', readFileSync(bundle)));
    for (const picture of theme.logo ? [theme.logo, theme.icon] : [theme.icon]) {
      this.files.set(picture.name, assetOf(picture.name, picture.content));
    }
    const faces = fontFiles().map(({ name, content, face }) => {
      this.files.set(name, assetOf(name, content));
      return face(this.urlOf(name));
    });
    for (const [name, components] of [['page.css', COMPONENTS] as const, ['document.css', []] as const]) {
      const own = [...faces, joined(join(FOLDER, name))].join('\n');
      this.files.set(name, assetOf(name, Buffer.from(styleSheet(own, components, theme.tokens))));
    }
  }

  /** An asset by its plain or versioned name; `isVersioned` when it can be cached for ever. */
  find(name: string): (Asset & { isVersioned: boolean }) | undefined {
    const [, stem, version, ending] = VERSIONED.exec(name) ?? [];
    const asset = this.files.get(stem ? stem + ending : name) ?? this.files.get(name);
    if (!asset) return undefined;
    return { ...asset, isVersioned: asset.version === version };
  }

  /** The URL path of an asset in its current version. */
  urlOf(name: string): string {
    const asset = this.files.get(name);
    if (!asset) throw new Error(`Unknown asset ${name}.`);
    const ending = extname(name);
    return `/assets/${name.slice(0, -ending.length)}-${asset.version}${ending}`;
  }
}

function assetOf(name: string, content: Buffer): Asset {
  const version = createHash('sha256').update(content).digest('hex').slice(0, 8);
  return { content, encoded: encodingsOf(name, content), type: TYPES[extname(name)], version };
}

function encodingsOf(name: string, content: Buffer): Asset['encoded'] {
  if (COMPRESSED.has(extname(name))) return [];
  // Takes 3 ms at start for the style sheet; the highest level would take half a second to save another tenth.
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
  return [
    { encoding: 'br', content: brotli },
    { encoding: 'gzip', content: gzipSync(content) },
  ];
}

/** Inlines the imports of a style sheet. */
function joined(file: string): string {
  const place = dirname(file);
  return readFileSync(file, 'utf8').replaceAll(/^@import '([^']+)';$/gm, (_, part: string) =>
    joined(join(place, part)),
  );
}

/** One style sheet: the used tokens, the used components, and our own rules. */
function styleSheet(own: string, names: readonly string[], tokens: Tokens): string {
  const require = createRequire(import.meta.url);
  // The components are a dependency of the library, so they are resolved from there.
  const library = createRequire(require.resolve('@utrecht/component-library-css/package.json'));
  const components = names.map((name) =>
    name === 'html-content'
      ? readFileSync(require.resolve('@utrecht/component-library-css/dist/html.css'), 'utf8')
      : readFileSync(library.resolve(`@utrecht/${name}-css/dist/index.css`), 'utf8'),
  );
  // The library marks some required fields as invalid before the user has touched them.
  const untouched = components.join('\n').replaceAll(':invalid', ':user-invalid');
  // In a cascade layer, so that our own rules win whatever the library's selectors are.
  const rules = tightened(`@layer library{${untouched}}\n${own}`);
  return usedTokens(tokens, rules) + rules;
}

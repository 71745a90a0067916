import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { capital } from './text.js';
import { inDutch, inShort, isCalendarDate, periodInDutch } from '../common/calendar-date.js';
import { PROJECT_ROOT } from '../common/project-root.js';
import { Assets } from './assets.js';
import { plain, type Tokens } from './theme.rules.js';
import { Theme } from './theme.js';
import { plainToken, TOKENS } from './tokens.js';

type Template = Handlebars.TemplateDelegate<object>;
type CompileOptions = NonNullable<Parameters<typeof Handlebars.compile>[1]>;
const load = createRequire(import.meta.url);
const FOLDER = join(PROJECT_ROOT, 'templates');
/** Templates that others include: `templates/<room>/layouts/…` and `templates/<room>/partials/…`. */
const PARTIAL = /[\\/](layouts|partials)[\\/]/;

/** The start of a mail: what its readers see of it after the subject in their list of mails. */
const PREVIEW = /^{{#\*inline "preview"}}\n([\s\S]*?)\n{{\/inline}}\n/;

const HELPERS = {
  date: inDutch,
  /** For the start of a sentence or a card. */
  capital,
  /**
   * A date in a dense list, in full for machines and on hover; with its year if that differs from the year of `today`.
   */
  shortDate: (day: string, today: string) =>
    new Handlebars.SafeString(`<time datetime="${day}" title="${inDutch(day)}">${inShort(day, today)}</time>`),
  /** An entered date, read back in words; null if it is not a date. */
  inWords: (typed: unknown) => (isCalendarDate(typed) ? inDutch(typed) : null),
  periodWords: periodInDutch,
  plural: (count: number, one: string, more: string) => (count === 1 ? one : more),
  /** Text of more than one line, in HTML: not every mail program knows `white-space`. */
  withBreaks: (text: string) =>
    new Handlebars.SafeString(Handlebars.escapeExpression(text).replaceAll(/\r?\n/g, '<br>')),
  eq: (one: unknown, other: unknown) => one === other,
  /** A paper colour, for drawings in documents: `{{token "paper-ink"}}`. */
  token: plainToken,
};

/** The only renderer: plain view objects in, text out. Each template is compiled once, on first use. */
@Injectable()
export class Renderer {
  private readonly compiled = new Map<string, Template>();
  private readonly helpers = { ...HELPERS, asset: (name: string) => this.assets?.urlOf(name) };
  private readonly html = this.environment('.html.hbs');
  private readonly text = this.environment('.txt.hbs');

  constructor(
    private readonly assets?: Assets,
    private readonly theme?: Theme,
  ) {}

  /** The URL of the logo in a mail, shown beside the name; '' if there is none that mail programs can show. */
  private get logoUrl(): string {
    const { theme, assets } = this;
    if (!theme?.logo || !assets || !theme.isBitmap) return '';
    return theme.publicUrl + assets.urlOf(theme.logo.name);
  }

  private get tokens(): Tokens {
    return this.theme?.tokens ?? TOKENS;
  }

  /** Renders a page, document or mail as HTML, everything escaped: `minutes/documents/minutes`. */
  renderHtml(name: string, view: object): string {
    return this.template(this.html, `${name}.html.hbs`, false)(view);
  }

  /** Renders a mail as HTML and as text, with its subject on one line: `actions/mails/escalation` and its `.subject`. */
  renderMessage(name: string, view: object): { subject: string; html: string; text: string } {
    const subject = this.renderText(`${name}.subject`, view).replaceAll(/\s+/g, ' ').trim();
    return {
      subject,
      html: this.renderMail(name, { ...view, subject }),
      // What is left out leaves no more than one empty line.
      text: this.renderText(name, view).replaceAll(/\n{3,}/g, '\n\n'),
    };
  }

  /** Renders plain text, nothing escaped. */
  renderText(name: string, view: object): string {
    return this.template(this.text, `${name}.txt.hbs`, true)(view);
  }

  /**
   * Renders a mail as HTML with its styles inlined, as mail clients require. They are inlined once, in the template:
   * doing so in every mail costs more than composing, storing and sending it.
   */
  private renderMail(name: string, view: object): string {
    const key = `${name} inlined`;
    let template = this.compiled.get(key);
    if (!template) {
      // Loaded with the first mail, not at start.
      const juice = load('juice/client.js') as (html: string) => string;
      const whole = this.unfold(readFileSync(join(FOLDER, `${name}.html.hbs`), 'utf8'));
      template = this.html.compile<object>(withoutSpaces(juice(whole)), this.optionsOf(false));
      this.compiled.set(key, template);
    }
    return template(view);
  }

  /** Expands a template: layout, partials and style sheets (`{{css "minutes/mails/minutes"}}`) in place. */
  private unfold(text: string): string {
    const layout = /^{{#> ([\w/-]+)}}\n([\s\S]*)\n{{\/\1}}\s*$/.exec(text);
    if (layout) {
      const [, name, body] = layout;
      const preview = PREVIEW.exec(body)?.[1] ?? '';
      const whole = partialText(name).replace('{{> preview}}', () => preview);
      return this.unfold(whole.replace('{{> @partial-block}}', () => body.replace(PREVIEW, '')));
    }
    return text
      .replace(/{{> ([\w/-]+)(?: ([\w.]+))?}}/g, (_, name: string, context?: string) => {
        const part = this.unfold(partialText(name));
        return context ? `{{#with ${context}}}${part}{{/with}}` : part;
      })
      .replace(/{{css "([\w/-]+)"}}/g, (_, name: string) =>
        plain(readFileSync(join(FOLDER, `${name}.css`), 'utf8'), this.tokens),
      )
      .replaceAll('{{colorScheme}}', this.tokens.dark ? 'light dark' : 'light')
      .replaceAll(
        /<img[^>]*{{logoUrl}}[^>]*>\n/g,
        (image) => this.logoUrl && image.replace('{{logoUrl}}', this.logoUrl),
      );
  }

  /**
   * All helpers are known in advance, so that a name is either one of these or a field, and is not looked up as both
   * each time.
   */
  private optionsOf(noEscape: boolean): CompileOptions {
    const knownHelpers = Object.fromEntries(Object.keys(this.helpers).map((name) => [name, true]));
    return { noEscape, strict: true, knownHelpers, knownHelpersOnly: true };
  }

  private template(engine: typeof Handlebars, file: string, noEscape: boolean): Template {
    let template = this.compiled.get(file);
    if (!template) {
      template = engine.compile<object>(readFileSync(join(FOLDER, file), 'utf8'), this.optionsOf(noEscape));
      this.compiled.set(file, template);
    }
    return template;
  }

  /** Layouts and partials of one kind, by path without extension: `platform/layouts/email`. */
  private environment(ending: string): typeof Handlebars {
    const engine = Handlebars.create();
    engine.registerHelper(this.helpers);
    for (const file of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith(ending) || !PARTIAL.test(file)) continue;
      engine.registerPartial(
        file.slice(0, -ending.length).replaceAll(sep, '/'),
        engine.compile(readFileSync(join(FOLDER, file), 'utf8'), this.optionsOf(ending.startsWith('.txt'))),
      );
    }
    return engine;
  }
}

/** A mail repeats the styles of its elements: without the spaces between them it is a tenth smaller. */
const withoutSpaces = (html: string): string =>
  html
    .replaceAll(/ style="([^"]*)"/g, (_, styles: string) => ` style="${denser(styles)}"`)
    .replace(
      /(<style>)([\s\S]*?)(<\/style>)/,
      (_, start: string, css: string, end: string) => start + denser(css) + end,
    );
const denser = (css: string): string =>
  css
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([:;,{}]) ?/g, '$1')
    .replaceAll(/;(?=}|$)/g, '')
    .trim();

const partialText = (name: string): string => readFileSync(join(FOLDER, `${name}.html.hbs`), 'utf8');

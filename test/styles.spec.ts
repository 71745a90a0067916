import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Renderer } from '../src/platform/rendering/renderer.js';

interface File {
  file: string;
  text: string;
}

const under = (folder: string): File[] =>
  readdirSync(join(process.cwd(), folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(hbs|css|js|ts)$/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(process.cwd(), folder, file), 'utf8') }));
const TEMPLATES = under('templates');
const SRC = under('src');
/** The mailbox of the demo is a separate mail client with its own styling. */
const OWN = [...TEMPLATES, ...SRC].filter(({ file }) => !/^(templates|src)\/demo\//.test(file));
const TOKENS = 'templates/platform/assets/tokens.css';
const withoutComments = (css: string): string => css.replaceAll(/\/\*[\s\S]*?\*\//g, '');

/** What each style sheet applies to: its templates with their partials, scripts, and drawings made in code. */
const SHEETS: Record<string, { sheet: RegExp; drawn: RegExp }> = {
  pages: { sheet: /assets\/page\//, drawn: /\/pages\/|assets\/[\w-]+\.js$|\.ts$/ },
  documents: { sheet: /assets\/document\//, drawn: /\/documents\/|\.ts$/ },
  mails: { sheet: /\/mail\.css$|mails\/.*\.css$/, drawn: /\/mails\/.*\.hbs$/ },
};

function withIncluded(files: readonly File[]): Set<File> {
  const all = new Set(files);
  for (const { text } of all) {
    for (const [, name] of text.matchAll(/{{#?> ([\w/-]+)/g)) {
      for (const one of TEMPLATES) if (one.file.startsWith(`templates/${name}.`)) all.add(one);
    }
  }
  return all;
}

/** The names of classes, ids and elements in these files; for `light-{{course}}`, the part before the expression. */
function namesIn(files: Iterable<File>): (name: string) => boolean {
  const names = new Set<string>();
  const beginnings: string[] = [];
  for (const { text } of files) {
    const parts = [
      ...text.matchAll(/\b(?:class|id)="((?:{{.*?}}|[^"])*)"|className = [`']([^`']*)|classList\.add\('([^']*)/g),
    ];
    for (const [, attribute, name, added] of parts) {
      // Both branches of a condition count; after an expression the name is unknown.
      const words = (attribute ?? name ?? added)
        .replaceAll(/{{[#/^].*?}}|{{else.*?}}/g, ' ')
        .replaceAll(/{{.*?}}|\$\{.*?}/g, '\0');
      for (const word of words.split(/\s+/)) {
        if (word.includes('\0')) beginnings.push(word.split('\0')[0]);
        else names.add(word);
      }
    }
    for (const [, element] of text.matchAll(/<([a-z][a-z0-9]*)|createElement\('(\w+)'\)/g)) names.add(element);
  }
  return (name) => names.has(name) || beginnings.some((beginning) => beginning !== '' && name.startsWith(beginning));
}

/** Selectors with a class, an id or an element that occurs nowhere. */
function deadSelectors({ text }: File, isDrawn: (name: string) => boolean): string[] {
  const selectors = [...withoutComments(text).matchAll(/([^{}]+){/g)].map(([, head]) => head.trim());
  return selectors
    .filter((selector) => !selector.startsWith('@'))
    .flatMap((selector) => {
      const plain = selector.replaceAll(/\[[^\]]*\]|::?[\w-]+(?:\(\d+\))?/g, ' ');
      const names = plain.match(/[\w-]+/g) ?? [];
      return names.filter((name) => !isDrawn(name)).map((name) => `${name} in ${selector.replaceAll(/\s+/g, ' ')}`);
    });
}

describe('style sheets', () => {
  it('name no colour outside the file of tokens, nor do templates and what is drawn in code', () => {
    const named = OWN.filter(({ file }) => file !== TOKENS).flatMap(({ file, text }) =>
      [...text.matchAll(/(?<!href=)[\s"'`(:]#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/gi)].map(([colour]) => `${file}: ${colour}`),
    );
    expect(named).toEqual([]);
  });

  it('show nothing but errors in the colour of errors', () => {
    const rules = TEMPLATES.filter(({ file }) => file.endsWith('.css')).flatMap(({ text }) =>
      [...withoutComments(text).matchAll(/([^{}]+){([^{}]*)}/g)].map(([, selector, body]) => ({ selector, body })),
    );
    const ofErrors = rules.filter(({ body }) => body.includes('var(--utrecht-form-field-error-message-color)'));
    expect(ofErrors.map(({ selector }) => selector.trim())).toEqual(['.field-error']);
  });

  it('use every token', () => {
    const tokens = TEMPLATES.find(({ file }) => file === TOKENS)!.text;
    const names = [...tokens.matchAll(/^ {2}--wa-([\w-]+):/gm)].map(([, name]) => name);
    const others = OWN.filter(({ file }) => file !== TOKENS);
    const isUsed = (name: string): boolean =>
      others.some(({ text }) => new RegExp(`var\\(--wa-${name}\\)|token "${name}"|['"]${name}['"]`).test(text));
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !isUsed(name))).toEqual([]);
  });

  it.each(Object.keys(SHEETS))('have no rule for anything that does not occur on %s', (kind) => {
    const { sheet, drawn } = SHEETS[kind];
    const sheets = OWN.filter(({ file }) => file.endsWith('.css') && sheet.test(file));
    const isDrawn = namesIn(withIncluded(OWN.filter(({ file }) => drawn.test(file))));
    const dead = sheets.flatMap((one) =>
      deadSelectors(one, (name) => isDrawn(name) || /^(html|body|main|head)$/.test(name)),
    );
    expect(sheets.length).toBeGreaterThan(0);
    expect(dead).toEqual([]);
  });
});

describe('templates', () => {
  it('give no class that neither a style sheet nor a script knows', () => {
    const known = OWN.filter(({ file }) => /\.(css|js)$/.test(file))
      .map(({ text }) => text)
      .join('\n');
    const unknown = OWN.flatMap(({ file, text }) =>
      [...text.matchAll(/\bclass="([^"{]*)"/g)]
        .flatMap(([, names]) => names.split(/\s+/))
        .filter((name) => /^(?!utrecht-)[a-z]/.test(name) && !new RegExp(`[.'"]${name}\\b(?!-)`).test(known))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('are included somewhere, as a layout or as a part of another', () => {
    const parts = TEMPLATES.filter(({ file }) => /\/(layouts|partials)\//.test(file) && file.endsWith('.hbs'));
    const texts = TEMPLATES.map(({ text }) => text).join('\n');
    const isIncluded = ({ file }: File): boolean => {
      const name = file.replace(/^templates\//, '').replace(/\.(html|txt)\.hbs$/, '');
      return new RegExp(`{{#?> ${name}\\b`).test(texts);
    };
    expect(parts.length).toBeGreaterThan(40);
    expect(parts.filter((part) => !isIncluded(part)).map(({ file }) => file)).toEqual([]);
  });

  it('are rendered somewhere, as a page, a document or a mail', () => {
    const names = TEMPLATES.filter(({ file }) => /\/(pages|documents|mails)\/.*\.hbs$/.test(file)).map(({ file }) =>
      file.replace(/^templates\//, '').replace(/(\.subject)?\.(html|txt)\.hbs$/, ''),
    );
    const code = SRC.map(({ text }) => text).join('\n');
    // The template of a mail may be named by its kind: `sessions/mails/${kind}`.
    const isRendered = (name: string): boolean =>
      code.includes(`'${name}'`) || code.includes(`'${name.replace(/.*\//, '')}'`);
    expect(names.length).toBeGreaterThan(80);
    expect(names.filter((name) => !isRendered(name))).toEqual([]);
  });

  it('print no field that has the name of a helper, which would be called instead', () => {
    const helpers = Object.keys(new Renderer()['helpers']);
    const called = new RegExp(`{{{?(${helpers.join('|')})}}`);
    expect(helpers.length).toBeGreaterThan(8);
    expect(TEMPLATES.filter(({ text }) => called.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('of a mail are three: its subject, its HTML and its text', () => {
    const mails = TEMPLATES.filter(({ file }) => /\/mails\/.*\.hbs$/.test(file)).map(({ file }) => file);
    const names = new Set(mails.map((file) => file.replace(/(\.subject)?\.(html|txt)\.hbs$/, '')));
    const wanted = [...names].flatMap((name) => [`${name}.html.hbs`, `${name}.subject.txt.hbs`, `${name}.txt.hbs`]);
    expect(mails.toSorted()).toEqual(wanted.toSorted());
  });
});

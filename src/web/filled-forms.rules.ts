/** The submitted values of a form: one per field, or several. */
export type Typed = Record<string, string | string[]>;

const FORM = /<form\b[^>]*>[^]*?<\/form>/g;
const FIELD = /<input\b[^>]*>|<textarea\b[^>]*>[^]*?<\/textarea>|<select\b[^>]*>[^]*?<\/select>/g;
const HIDDEN = /<input\b[^>]*\btype="hidden"[^>]*>/g;
/** Hidden fields that differ each time a form is shown. */
const CHANGING = new Set(['_csrf', 'version']);
const UNTOUCHED = new Set(['file', 'submit', 'button', 'image', 'reset']);

/**
 * One of our pages with the submitted values of one of its forms filled in again; undefined if it does not contain the
 * form. That is the form that posts to `action`; if there are several, the one with the same hidden fields.
 */
export function withTyped(html: string, action: string, typed: Typed): string | undefined {
  const forms = [...html.matchAll(FORM)].filter(([form]) => postsTo(form, action));
  const found = forms.find(([form]) => hasHidden(form, typed)) ?? forms[0];
  if (!found) return undefined;
  const [form] = found;
  const before = unfolded(html.slice(0, found.index));
  const filled = filledIn(form, typed).replaceAll(/<details\b(?![^>]*\sopen\b)/g, '<details open');
  return before + filled + html.slice(found.index + form.length);
}

function postsTo(form: string, action: string): boolean {
  const targets = form.matchAll(/\s(?:form)?action="([^"]*)"/g);
  return /^<form\b[^>]*\smethod="post"/.test(form) && [...targets].some(([, target]) => plain(target) === action);
}

function hasHidden(form: string, typed: Typed): boolean {
  return [...form.matchAll(HIDDEN)].every(([tag]) => {
    const name = attribute(tag, 'name') ?? '';
    return CHANGING.has(name) || valuesIn(typed, name).includes(attribute(tag, 'value') ?? '');
  });
}

/** Opens the collapsed part of the page that contains the form. */
function unfolded(before: string): string {
  const at = before.lastIndexOf('<details');
  if (at < before.lastIndexOf('</details>') || at < 0) return before;
  return before.slice(0, at) + before.slice(at).replace(/^<details\b(?![^>]*\sopen\b)/, '<details open');
}

function filledIn(form: string, typed: Typed): string {
  const used = new Map<string, number>();
  return form.replaceAll(FIELD, (field) => {
    const tag = /^<[^>]*>/.exec(field)![0];
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type') ?? 'text';
    if (!name || name === '_csrf' || UNTOUCHED.has(type)) return field;
    const values = valuesIn(typed, name);
    if (type === 'checkbox' || type === 'radio')
      return marked(tag, 'checked', values.includes(attribute(tag, 'value') ?? 'on'));
    const turn = used.get(name) ?? 0;
    used.set(name, turn + 1);
    const value = values[turn];
    if (value === undefined) return field;
    if (field.startsWith('<select')) return chosen(field, value);
    // Browsers drop one line break at the start.
    return field.startsWith('<textarea') ? `${tag}\n${escaped(value)}</textarea>` : withValue(tag, value);
  });
}

const chosen = (select: string, value: string): string =>
  select.replaceAll(/<option\b[^>]*>([^<]*)/g, (option, text: string) => {
    const tag = /^<[^>]*>/.exec(option)![0];
    return marked(tag, 'selected', (attribute(tag, 'value') ?? plain(text).trim()) === value) + text;
  });

const valuesIn = (typed: Typed, name: string): string[] => (Object.hasOwn(typed, name) ? [typed[name]].flat() : []);

function marked(tag: string, mark: string, isSet: boolean): string {
  const without = tag.replace(new RegExp(`\\s${mark}(?=[\\s>])(="[^"]*")?`), '');
  return isSet ? without.replace(/>$/, ` ${mark}>`) : without;
}

function withValue(tag: string, value: string): string {
  const without = tag.replace(/\svalue="[^"]*"/, '');
  return without.replace(/>$/, () => ` value="${escaped(value)}">`);
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? plain(found[1]) : undefined;
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign]);

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const plain = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-f]+)|(amp|lt|gt|quot));/gi, (_, code: string | undefined, name: string) =>
    code ? String.fromCodePoint(parseInt(code, 16)) : NAMED[name.toLowerCase()],
  );

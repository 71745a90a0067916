import { elements, parseHtml, visibleText, words } from './html.mjs';

/** A page as its visitor gets it: text, links, and forms with all their fields and buttons. */
export function readPage(source) {
  const root = parseHtml(source);
  const [title] = elements(root, 'title');
  const assets = [
    ...elements(root, 'link').map(({ attributes }) => `${attributes.rel}: ${attributes.href}`),
    ...elements(root, 'script').map(({ attributes }) => `script: ${attributes.src ?? 'inline'}`),
  ];
  return {
    title: title ? words(title) : '',
    assets,
    text: visibleText(root),
    links: elements(root, 'a')
      .filter(({ attributes }) => attributes.href !== undefined)
      .map(linkOf),
    forms: formsOf(root),
  };
}

const linkOf = (link) => ({
  text: words(link) || link.attributes['aria-label'] || '',
  href: link.attributes.href,
  isDownload: link.attributes.download !== undefined,
});

function formsOf(root) {
  const labels = new Map(
    elements(root, 'label')
      .filter(({ attributes }) => attributes.for)
      .map((label) => [label.attributes.for, words(label)]),
  );
  const lists = new Map(elements(root, 'datalist').map((list) => [list.attributes.id, optionsOf(list)]));
  const owned = new Map();
  for (const control of elements(root, 'input', 'select', 'textarea', 'button')) {
    const { form } = control.attributes;
    if (form !== undefined) owned.set(form, [...(owned.get(form) ?? []), control]);
  }
  return elements(root, 'form').map((form) => {
    const { action, method = 'get', enctype, id } = form.attributes;
    const inside = elements(form, 'input', 'select', 'textarea', 'button', 'legend').filter(
      ({ attributes }) => attributes.form === undefined || attributes.form === id,
    );
    const controls = [...inside, ...(owned.get(id) ?? []).filter((control) => !inside.includes(control))];
    return {
      action,
      method: method.toLowerCase(),
      enctype,
      controls: controls.map((control) => controlOf(control, labels, lists, form)),
    };
  });
}

function controlOf(control, labels, lists, form) {
  const { tag, attributes } = control;
  if (tag === 'legend') return { kind: 'legend', label: words(control) };
  const { name, value, id } = attributes;
  const kind = tag === 'input' ? (attributes.type ?? 'text') : tag === 'button' ? (attributes.type ?? 'submit') : tag;
  const found = { kind: tag === 'button' ? `button ${kind}` : kind, name, value: value ?? '' };
  found.label = labels.get(id) ?? attributes['aria-label'] ?? wrappingLabel(form, control) ?? '';
  if (tag === 'button') Object.assign(found, { label: words(control), action: attributes.formaction });
  if (tag === 'textarea') found.value = control.children.join('').replace(/^\n/, '');
  if (tag === 'select') found.options = optionsOf(control);
  if (attributes.list) found.options = lists.get(attributes.list);
  for (const rule of ['required', 'checked', 'disabled', 'readonly', 'multiple', 'autofocus']) {
    if (attributes[rule] !== undefined) found[rule] = true;
  }
  const LIMITS = ['maxlength', 'minlength', 'min', 'max', 'step', 'pattern', 'accept', 'inputmode', 'autocomplete'];
  for (const rule of LIMITS) if (attributes[rule]) found[rule] = attributes[rule];
  return found;
}

const wrappingLabel = (form, control) => {
  const label = elements(form, 'label').find((one) => elements(one, control.tag).includes(control));
  return label && words(label);
};

const optionsOf = (list) =>
  elements(list, 'option').map((option) => ({
    value: option.attributes.value ?? words(option),
    label: words(option) || option.attributes.label || '',
    isChosen: option.attributes.selected !== undefined,
    group: elements(list, 'optgroup').find((group) => elements(group, 'option').includes(option))?.attributes.label,
  }));

/** The page as lines of a text file. */
export function linesOfPage({ title, assets, text, links, forms }) {
  return [
    `title: ${title}`,
    ...assets,
    '',
    '== text',
    ...text,
    '',
    '== links',
    ...counted(links.map((link) => `${link.text} -> ${link.href}${link.isDownload ? ' (download)' : ''}`)),
    ...forms.flatMap((form) => ['', ...linesOfForm(form)]),
  ];
}

/** Each line once, with its number of occurrences. */
function counted(lines) {
  const counts = new Map();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count > 1 ? `${line} (×${count})` : line));
}

const linesOfForm = ({ action, method, enctype, controls }) => [
  `== form ${method.toUpperCase()} ${action ?? '(this page)'}${enctype ? ` as ${enctype}` : ''}`,
  ...controls.flatMap(linesOfControl),
];

function linesOfControl({ kind, name, label, value, options, action, ...rules }) {
  const shown = name === '_csrf' ? '<csrf>' : value;
  const facts = Object.entries(rules).map(([rule, set]) => (set === true ? rule : `${rule}=${set}`));
  const what = [kind, name, label && `"${label}"`, shown && `= ${JSON.stringify(shown)}`, action && `to ${action}`];
  return [
    [...what, ...facts].filter(Boolean).join(' '),
    ...(options ?? []).map(
      (option) =>
        `  ${option.isChosen ? '*' : ' '} ${option.group ? `[${option.group}] ` : ''}${option.value} = ${option.label}`,
    ),
  ];
}

/*
 * Completes names in the line of a new action: those at the table first, then those of the area, then others. Arrows put a name
 * in the line, Tab takes the first, Escape restores what was typed; Enter saves the line as it is. Without this script names
 * are typed in full, or corrected afterwards.
 */
(() => {
  'use strict';
  const field = document.getElementById('actieregel-line');
  const list = document.getElementById('actieregel-namen');
  if (!field || !list) return;
  const { form } = field;
  const PAUSE = 60;
  const PLACES = { table: 'aan tafel', area: 'in dit gebied', other: '' };
  /** A name is at the beginning, or after a sign or word that announces one. */
  const NAME = /(^\s*|[+&@(]\s*|\b(?:samen met|actie|door)\s+)([^\s+&@(:;,][^+&@(:;,]{0,59})$/i;

  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
  }))
    field.setAttribute(name, value);

  let found = [];
  let active = -1;
  /** The line as typed, and the position of the name in it. */
  let typed;
  let asking;
  let asked;
  let isFilling = false;
  /** Whether the list is outdated by the last letter, and whether to take its first name once it is not. */
  let isStale = false;
  let isFirstWanted = false;
  close();

  function close() {
    clearTimeout(asking);
    asked?.abort();
    found = [];
    active = -1;
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  }

  field.addEventListener('input', () => {
    if (isFilling) return;
    isStale = true;
    isFirstWanted = false;
    const { pickedName } = form.elements;
    if (!field.value.trimStart().startsWith(pickedName.value)) choose('', '', '');
    clearTimeout(asking);
    asking = setTimeout(() => void ask(), PAUSE);
  });
  field.addEventListener('blur', close);
  form.addEventListener('submit', close);

  async function ask() {
    const { value, selectionStart: end } = field;
    const [, before, name] = NAME.exec(value.slice(0, end)) ?? [];
    if (!name || /^[:\p{L}]/u.test(value.slice(end))) return close();
    // "Politie en Hab": if the whole matches nobody, its last part may.
    const [last] = /(?<=,\s+|\sen\s+)\S.*$/i.exec(name) ?? [];
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      for (const part of last ? [name, last] : [name]) {
        const items = await candidates(part.trim(), signal);
        if (field.value !== value || document.activeElement !== field) return undefined;
        typed = { value, start: end - part.length, end, isOwner: part === name && before.trim() === '' };
        show(items);
        isStale = false;
        if (items.length === 0) continue;
        if (isFirstWanted) takeFirst();
        return undefined;
      }
    } catch {
      /* Another letter was typed, or there is no connection. */
    }
    return undefined;
  }
  async function candidates(part, signal) {
    const url = `${form.dataset.names}&q=${encodeURIComponent(part)}`;
    const answer = await fetch(url, { headers: { Accept: 'application/json' }, signal });
    return answer.ok ? (await answer.json()).items : [];
  }

  function takeFirst() {
    isFirstWanted = false;
    if (found.length > 0) fill(0);
    close();
  }

  const nameOf = ({ ownerPersonName, ownerName }) => ownerPersonName ?? ownerName;
  function show(items) {
    const isWhole = items.length === 1 && nameOf(items[0]) === typed.value.slice(typed.start, typed.end);
    if (items.length === 0 || isWhole) return close();
    found = items;
    active = -1;
    list.replaceChildren(...items.map(optionOf));
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
    field.removeAttribute('aria-activedescendant');
    return undefined;
  }

  function optionOf(item, index) {
    const option = document.createElement('li');
    option.id = `actieregel-naam-${index}`;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    const about = document.createElement('span');
    about.className = 'facts';
    const { ownerPersonName, ownerName, function: task, place } = item;
    const words = [ownerPersonName && task !== ownerPersonName && task, ownerPersonName && ownerName, PLACES[place]];
    about.textContent = words.filter(Boolean).join(' · ');
    option.append(nameOf(item), ' ', about);
    option.addEventListener('mousedown', (event) => {
      event.preventDefault();
      fill(index);
      close();
    });
    return option;
  }

  /** Puts a name in the line; -1 restores what was typed. */
  function fill(index) {
    const { value, start, end, isOwner } = typed;
    const item = found[index];
    active = index;
    for (const [at, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(at === index));
    if (item) field.setAttribute('aria-activedescendant', list.children[index].id);
    else field.removeAttribute('aria-activedescendant');
    const rest = value.slice(end);
    const told = item ? nameOf(item) + (isOwner ? ': ' : ' ') : value.slice(start, end);
    field.value = value.slice(0, start) + told + (item ? rest.trimStart() : rest);
    field.setSelectionRange(start + told.length, start + told.length);
    if (isOwner) choose(item ? nameOf(item) : '', item?.ownerId ?? '', item?.ownerPersonId ?? '');
    isFilling = true;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    isFilling = false;
  }

  function choose(name, ownerId, personId) {
    form.elements.pickedName.value = name;
    form.elements.pickedOwnerId.value = ownerId;
    form.elements.pickedPersonId.value = personId;
  }

  field.addEventListener('keydown', (event) => {
    if (list.hidden || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      // After the last and before the first comes what was typed.
      const places = found.length + 1;
      fill(((active + 1 + (key === 'ArrowDown' ? 1 : -1) + places) % places) - 1);
    } else if (key === 'Tab' && !event.shiftKey) {
      if (isStale) {
        isFirstWanted = true;
        clearTimeout(asking);
        void ask();
      } else if (active < 0) takeFirst();
      else close();
    } else if (key === 'Enter' && active >= 0 && field.value.trim() === `${nameOf(found[active])}:`) {
      // The line is just a name: there is nothing to save yet.
      close();
    } else if (key === 'Escape') {
      if (active >= 0) fill(-1);
      close();
    } else return;
    event.preventDefault();
  });
})();

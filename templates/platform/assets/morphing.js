/*
 * Merges a part of a newly fetched page into the page on screen, element by element. It leaves alone what has the focus, was
 * typed or waits to be saved (`data-waiting`, `data-overtaken`); if both wrote in one field, it shows both texts. Fields and
 * forms need an id, or stand in an element that has one.
 */
(() => {
  'use strict';
  const FIELDS = 'input, textarea, select';
  const fieldsIn = (element) => (element.matches(FIELDS) ? [element] : [...element.querySelectorAll(FIELDS)]);
  const isChosen = ({ type }) => type === 'radio' || type === 'checkbox';
  const valueOf = (field, isFromServer) => {
    if (isChosen(field)) return String(isFromServer ? field.defaultChecked : field.checked);
    if (field.localName !== 'select') return isFromServer ? field.defaultValue : field.value;
    const chosen = [...field.options].find((one) => (isFromServer ? one.defaultSelected : one.selected));
    return (chosen ?? field.options[0])?.value ?? '';
  };
  const isTouched = (field) => field.type !== 'hidden' && valueOf(field, true) !== valueOf(field, false);
  const HELD = '[data-waiting], [data-overtaken]';
  /** Whether something in it was typed, or waits to be saved. */
  const isUnsaved = (element) =>
    element.matches(HELD) ||
    element.querySelector(HELD) !== null ||
    fieldsIn(element).some((field) => isTouched(field) && !isChosen(field));
  const isAtWork = (element) => element.contains(document.activeElement) || isUnsaved(element);

  /** The fields of a form were stored with these texts: from now on they count as sent by the server. */
  function remember(form, texts) {
    for (const field of form.elements) {
      if (field.type === 'hidden' || !(field.name in texts || isChosen(field))) continue;
      if (isChosen(field)) field.defaultChecked = texts[field.name] === field.value;
      else if (field.localName !== 'select') keeping(field, () => (field.defaultValue = texts[field.name]));
    }
  }

  const OWN = new Set(['open', 'value', 'checked', 'selected', 'data-sent', 'data-busy', 'data-settled']);
  const UNIT = 'form, [data-person]';

  let hasPassedOver = false;

  function morph(now, next, isFree = () => true) {
    if (now.nodeType !== Node.ELEMENT_NODE) {
      if (now.data !== next.data) now.data = next.data;
      return;
    }
    if (now.matches('[data-saved]')) return;
    if (now.closest(HELD)) {
      hasPassedOver = true;
      return;
    }
    let free = isFree;
    if (now.matches(UNIT)) {
      // A rejected form shows its errors until it is submitted again.
      if (now.querySelector('.field-error')) return;
      const clash = clashIn(now, next);
      if (clash) return void showBoth(now, next, clash);
      const touched = new Set(fieldsIn(now).flatMap((field) => (isTouched(field) ? [field.name] : [])));
      free = (field) => !touched.has(field.name);
    }
    attributes(now, next);
    if (now.localName === 'textarea' || now.localName === 'input') mergeField(now, next, free(now));
    else if (now.localName === 'select') mergeSelect(now, next, free(now));
    else children(now, next, free);
  }

  function attributes(now, next) {
    for (const { name, value } of next.attributes)
      if (!OWN.has(name) && now.getAttribute(name) !== value) now.setAttribute(name, value);
    for (const { name } of [...now.attributes])
      if (!OWN.has(name) && !next.hasAttribute(name)) now.removeAttribute(name);
  }

  function mergeField(now, next, isFree) {
    if (now.type === 'hidden') now.value = next.value;
    else if (isChosen(now)) {
      const { checked } = now;
      now.defaultChecked = next.defaultChecked;
      now.checked = isFree ? next.defaultChecked : checked;
    } else if (now.defaultValue !== next.defaultValue) {
      const { value } = now;
      keeping(now, () => {
        now.defaultValue = next.defaultValue;
        now.value = isFree ? next.defaultValue : value;
      });
    }
  }

  function mergeSelect(now, next, isFree) {
    const chosen = isFree ? valueOf(next, true) : now.value;
    if (now.innerHTML !== next.innerHTML)
      now.replaceChildren(...[...next.options].map((one) => document.importNode(one, true)));
    if (now.value !== chosen) now.value = chosen;
  }

  /** Changes a field without moving the cursor in it. */
  function keeping(field, change) {
    const isHere = field === document.activeElement && typeof field.selectionStart === 'number';
    const { selectionStart, selectionEnd, selectionDirection } = isHere ? field : {};
    change();
    if (isHere) field.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
  }

  function children(now, next, free) {
    const known = new Map([...now.children].filter(({ id }) => id).map((child) => [child.id, child]));
    let place = now.firstChild;
    for (const child of [...next.childNodes]) {
      const match = matchOf(child, place, known);
      if (!match) {
        const old = child.id ? document.getElementById(child.id) : null;
        if (old && isAtWork(old)) {
          morph(old, child);
          continue;
        }
        old?.remove();
        now.insertBefore(document.importNode(child, true), place);
        continue;
      }
      if (match !== place) {
        // Moving the element with the focus would blur it: move the others instead.
        if (match.parentNode === now && match.contains(document.activeElement)) {
          while (place !== match) {
            const passed = place;
            place = place.nextSibling;
            passed.remove();
          }
        } else now.insertBefore(match, place);
      }
      morph(match, child, free);
      place = match.nextSibling;
    }
    while (place) {
      const left = place;
      place = place.nextSibling;
      if (left.nodeType !== Node.ELEMENT_NODE || !isAtWork(left)) left.remove();
    }
  }

  function matchOf(child, place, known) {
    if (child.id) {
      const found = known.get(child.id);
      return found?.nodeName === child.nodeName ? found : undefined;
    }
    // A form keeps what is typed in it, even if an element before it is gone.
    if (child.localName === 'form') {
      const isIt = (one) =>
        one.localName === 'form' && !one.id && one.getAttribute('action') === child.getAttribute('action');
      for (let one = place; one; one = one.nextSibling) if (isIt(one)) return one;
    }
    return place && place.nodeName === child.nodeName && !place.id ? place : undefined;
  }

  /** The fields in which both wrote, or undefined. Choices are left out: the last one counts, which saving it decides. */
  function clashIn(now, next) {
    const names = [];
    for (const field of fieldsIn(now)) {
      if (!field.name || field.type === 'hidden' || !isTouched(field)) continue;
      if (isChosen(field)) continue;
      const other = fieldsIn(next).find(({ name }) => name === field.name);
      const theirs = other && valueOf(other, true);
      if (theirs !== undefined && theirs !== valueOf(field, true) && theirs !== field.value) names.push(field.name);
    }
    return names.length > 0 ? names : undefined;
  }

  function showBoth(form, next, names) {
    const { version } = next.elements ?? {};
    if (!version || !names.some((name) => form.elements[name].localName === 'textarea')) return;
    const theirs = Object.fromEntries(names.map((name) => [name, next.elements[name].value]));
    window.bothTexts(form, { ...theirs, version: version.value }, () => {
      for (const name of names) keeping(form.elements[name], () => (form.elements[name].defaultValue = theirs[name]));
    });
  }

  /** Makes `now` equal to `next`; true if a part that waits to be saved was left as it was. */
  function merge(now, next) {
    hasPassedOver = false;
    morph(now, next);
    return hasPassedOver;
  }

  window.morphing = { isUnsaved, merge, remember };
})();

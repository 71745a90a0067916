/*
 * What others write in this session appears here too. The page asks for a stream (`data-stream`) that says only that the
 * session has another version; then it fetches itself and takes over each part marked `data-live` (which needs an id), piece
 * by piece: nothing that has the focus, is typed or waits to be saved is touched. Without this script the page is as it was
 * when it was asked for.
 *
 * What it needs of others: fields and forms have ids or stand in something that has one; a form that saves itself has
 * `data-waiting` while it has not; what is there only while it is open has the name for the address in `data-shown`; a form
 * that shows two texts has `data-overtaken`; and `saved` is dispatched on a form after what it shows was stored. It dispatches
 * `live:connected` and `live:lost` on the document.
 */
(() => {
  'use strict';
  const root = document.querySelector('[data-stream]');
  if (!root || !window.EventSource) return;
  const { stream, page: path } = root.dataset;
  const GRACE = 4000;
  const SILENT = 40_000;
  const FIRST_PAUSE = 3000;
  const LAST_PAUSE = 60_000;

  /* The connection. */
  let source;
  let heardAt = 0;
  let pause = FIRST_PAUSE;
  let losing;
  let again;
  let hasOpened = false;
  let isElsewhere = false;

  function connect() {
    clearTimeout(again);
    source?.close();
    isElsewhere = false;
    heardAt = performance.now();
    source = new EventSource(stream);
    source.addEventListener('open', () => {
      pause = FIRST_PAUSE;
      connected();
      // What changed while nobody listened is not told: everything is fetched again.
      if (hasOpened) void refresh();
      hasOpened = true;
    });
    source.addEventListener('version', (event) => heard(event, false));
    source.addEventListener('all', (event) => heard(event, true));
    source.addEventListener('elsewhere', () => {
      isElsewhere = true;
      source.close();
    });
    source.addEventListener('error', () => {
      losing ??= setTimeout(lost, GRACE);
      if (source.readyState === EventSource.CLOSED) void refused();
    });
  }

  function heard(event, isAll) {
    heardAt = performance.now();
    connected();
    const { version } = JSON.parse(event.data);
    if (isAll || version !== root.dataset.version) void refresh();
  }

  function connected() {
    clearTimeout(losing);
    losing = undefined;
    document.dispatchEvent(new CustomEvent('live:connected'));
    if (said && status.textContent === said) say('Er is weer verbinding.', 'saved');
    said = '';
  }

  /* No stream: signed out, no right any more, or too many at the moment. Until there is one, it looks by itself. */
  async function refused() {
    const answer = await fetch(stream, { headers: { Accept: 'application/json' } }).catch(() => undefined);
    if (answer?.status === 401) tell('U bent niet meer aangemeld. Meld u aan in een ander venster en typ verder.');
    else if (answer?.status === 403 || answer?.status === 404)
      return tell('U kunt deze vergadering niet meer volgen. Vernieuw de pagina.');
    else if (answer?.ok) heard({ data: JSON.stringify(await answer.json()) }, false);
    again = setTimeout(connect, pause);
    pause = Math.min(pause * 2, LAST_PAUSE);
  }

  function lost() {
    losing = undefined;
    document.dispatchEvent(new CustomEvent('live:lost'));
    tell(
      root.querySelector('[data-saving]')
        ? 'Geen verbinding. Wat u typt blijft op dit apparaat bewaard; het wordt opgeslagen zodra het weer kan.'
        : 'Geen verbinding. Wat u ziet, kan intussen veranderd zijn.',
    );
  }

  const status = root.querySelector('[data-saving], [data-connection]');
  let said = '';
  function say(words, state) {
    if (!status) return;
    status.hidden = false;
    status.dataset.state = state;
    if (status.textContent !== words) status.textContent = words;
  }
  function tell(words) {
    said = words;
    say(words, 'lost');
  }

  setInterval(() => {
    if (!isElsewhere && source.readyState === EventSource.OPEN && performance.now() - heardAt > SILENT) connect();
  }, 5000);
  addEventListener('online', connect);
  addEventListener('offline', lost);
  const back = () => isElsewhere && document.visibilityState === 'visible' && connect();
  document.addEventListener('visibilitychange', back);
  addEventListener('focus', back);
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', ({ persisted }) => persisted && connect());

  /* Fetching: one at a time; what was asked before something was stored here is older than the screen, and thrown away. */
  let isFetching = false;
  let isWanted = false;
  let stored = 0;
  /* Something waited to be saved, so that what others wrote beside it was not taken over: that follows after its answer. */
  let hasPassedOver = false;
  root.addEventListener('saved', ({ target, detail }) => {
    stored += 1;
    if (detail?.texts) remember(target, detail.texts);
    if (hasPassedOver || (detail?.version && detail.version !== root.dataset.version)) void refresh();
  });

  async function refresh() {
    isWanted = true;
    if (isFetching) return;
    isFetching = true;
    while (isWanted) {
      isWanted = false;
      const before = stored;
      const next = await fetchPage();
      await window.minuteTaking?.parts.lifted();
      if (!next) break;
      if (stored === before) takeOver(next);
      else isWanted = true;
    }
    isFetching = false;
  }

  /** The address of the page with what is open here. */
  function asShown() {
    const query = new URLSearchParams(location.search);
    query.delete('open');
    const shown = [...root.querySelectorAll('[data-shown]')].map((one) => one.dataset.shown);
    if (shown.length > 0) query.set('open', shown.join());
    return query.size > 0 ? `${path}?${query}` : path;
  }

  async function fetchPage() {
    try {
      const answer = await fetch(asShown(), { headers: { Accept: 'text/html', 'Page-Beside': 'true' } });
      if (!answer.ok) return undefined;
      const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
      return next.querySelector('[data-page]')?.dataset.page === path ? next : undefined;
    } catch {
      return undefined;
    }
  }

  function takeOver(next) {
    const found = next.querySelector('[data-page]');
    if (found.dataset.state !== root.dataset.state) return changedState(found.dataset.state);
    hasPassedOver = false;
    for (const part of root.querySelectorAll('[data-live]')) {
      const other = next.getElementById(part.id);
      if (other) morph(part, other);
    }
    // A part that was not there yet, such as what is missing before closing.
    for (const part of found.querySelectorAll('[data-live]')) {
      const place = !document.getElementById(part.id) && part.previousElementSibling?.id;
      if (place) document.getElementById(place)?.after(document.importNode(part, true));
    }
    root.dataset.version = found.dataset.version ?? '';
    document.dispatchEvent(new CustomEvent('live:changed'));
  }

  /*
   * A form being submitted from this page may change the state itself. Its response reports the result, and reloading the
   * page would discard it. If there is no response within this time, the page is updated after all.
   */
  const LONGEST_ANSWER = 30_000;
  let leavingSince = -LONGEST_ANSWER;
  const isLeaving = () => performance.now() - leavingSince < LONGEST_ANSWER;
  document.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    leavingSince = performance.now();
    setTimeout(() => void refresh(), LONGEST_ANSWER);
  });
  addEventListener('pageshow', () => (leavingSince = -LONGEST_ANSWER));

  /* Opened, closed, reopened, cancelled by somebody else: another page, at once when nothing would be lost. */
  const STATES = { planned: 'nog niet begonnen', open: 'begonnen', closed: 'afgesloten', cancelled: 'afgelast' };
  function changedState(state) {
    if (isLeaving()) return undefined;
    if (!isAtWork(root)) return location.reload();
    if (document.getElementById('andere-stand')) return undefined;
    const box = document.createElement('p');
    box.className = 'utrecht-alert utrecht-alert--warning warning';
    box.id = 'andere-stand';
    box.setAttribute('role', 'alert');
    const link = document.createElement('a');
    link.href = path;
    link.textContent = 'Vernieuw de pagina';
    box.append(`Iemand anders heeft iets veranderd: deze vergadering is nu ${STATES[state] ?? state}. `, link, '.');
    return root.prepend(box);
  }

  /* What somebody is doing: the focus in it, something typed in it, or waiting to be saved. */
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
  const isAtWork = (element) =>
    (element !== root && element.contains(document.activeElement)) ||
    element.matches(HELD) ||
    element.querySelector(HELD) !== null ||
    fieldsIn(element).some((field) => isTouched(field) && !isChosen(field)) ||
    (element === root && document.activeElement?.matches('input[type="text"], input:not([type]), textarea'));

  /** What is stored now is what the server has, until it says otherwise. */
  function remember(form, texts) {
    for (const field of form.elements) {
      if (field.type === 'hidden' || !(field.name in texts || isChosen(field))) continue;
      if (isChosen(field)) field.defaultChecked = texts[field.name] === field.value;
      else if (field.localName !== 'select') keeping(field, () => (field.defaultValue = texts[field.name]));
    }
  }

  /* Morphing: the page as it is becomes the page as it was fetched. */
  const OWN = new Set(['open', 'value', 'checked', 'selected', 'data-sent', 'data-busy', 'data-settled']);
  const UNIT = 'form, [data-person]';

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
      // A refused form shows what is wrong with what was typed, until it is sent again.
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
        // What has the focus would lose it by being moved: then the others move.
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
    // What is typed in a form stays with it, also when something before it went.
    if (child.localName === 'form') {
      const isIt = (one) =>
        one.localName === 'form' && !one.id && one.getAttribute('action') === child.getAttribute('action');
      for (let one = place; one; one = one.nextSibling) if (isIt(one)) return one;
    }
    return place && place.nodeName === child.nodeName && !place.id ? place : undefined;
  }

  /* Both wrote in one field: which names, or undefined. Of a choice the newest counts, which its own saving finds out. */
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

  connect();
})();

/*
 * Keeps the page of a session up to date with what others write. It subscribes to a stream (`data-stream`) that only announces
 * a new version of the session; it then fetches the page again and merges each part marked `data-live`, which needs an id
 * (`morphing.js`). Without this script the page remains as it was loaded.
 *
 * It expects: `data-waiting` on a form that still has to save itself; `data-overtaken` on a form that shows two texts; in
 * `data-shown`, the name that opens a part in the URL; and a `saved` event on a form once its contents are stored. It dispatches
 * `live:connected`, `live:lost` and `live:changed` on the document.
 */
(() => {
  'use strict';
  const root = document.querySelector('[data-stream]');
  if (!root || !window.EventSource) return;
  const { stream, page: path } = root.dataset;
  const { isUnsaved, merge, remember } = window.morphing;
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
      // Changes made while disconnected are not announced.
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

  /* No stream: signed out, no longer permitted, or too many at the moment. Until there is one, the page polls. */
  async function refused() {
    const answer = await fetch(stream, { headers: { Accept: 'application/json' } }).catch(() => undefined);
    if (answer?.status === 401) tell('U bent niet meer aangemeld. Meld u aan in een ander venster en typ verder.');
    else if (answer?.status === 403 || answer?.status === 404)
      return tell(window.minuteTaking?.DENIED ?? 'U kunt deze vergadering niet meer volgen. Vernieuw de pagina.');
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

  /* One fetch at a time. A page requested before something was stored here is older than the screen, and is discarded. */
  let isFetching = false;
  let isWanted = false;
  let stored = 0;
  /* A part waiting to be saved was not merged: that follows once it is saved. */
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

  /** The URL of the page with the same parts open. */
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
      const found = next.querySelector('[data-page]')?.dataset;
      if (found?.page !== path) return undefined;
      if (found.user === root.dataset.user) return next;
      // Their forms would save what is typed here in their name.
      say('Op dit apparaat is nu iemand anders aangemeld. Vernieuw de pagina.', 'lost');
      return undefined;
    } catch {
      return undefined;
    }
  }

  function takeOver(next) {
    const found = next.querySelector('[data-page]');
    if (found.dataset.state !== root.dataset.state) return changedState(found.dataset.state);
    // The page of somebody who looks on: what is typed here would have no place in it.
    if (root.matches('[data-session]') && !found.matches('[data-session]'))
      return say(window.minuteTaking.DENIED, 'lost');
    hasPassedOver = false;
    for (const part of root.querySelectorAll('[data-live]')) {
      const other = next.getElementById(part.id);
      if (other) hasPassedOver = merge(part, other) || hasPassedOver;
    }
    // A new part, such as the list of what is missing before closing.
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

  /* Opened, closed, reopened or cancelled by somebody else: reload, at once if nothing would be lost. */
  const STATES = { planned: 'nog niet begonnen', open: 'begonnen', closed: 'afgesloten', cancelled: 'afgelast' };
  const TEXT_FIELDS = 'input[type="text"], input:not([type]), textarea';
  const isWriting = () => isUnsaved(root) || document.activeElement?.matches(TEXT_FIELDS);
  function changedState(state) {
    if (isLeaving()) return undefined;
    if (!isWriting()) return location.reload();
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

  connect();
})();

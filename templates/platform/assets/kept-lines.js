/*
 * Keeps the line of a new action on this device from Enter until the response, so that the next one can be typed at once. A line
 * that could not be sent is sent again once there is a connection. Each has its own idempotency key, so that it is recorded
 * once, even if it is sent again or from two windows. Confidential lines are never kept. Needs the form with `data-line` and the
 * `line:…` events.
 */
(() => {
  'use strict';
  const root = document.querySelector('[data-page]');
  if (!root?.dataset.user) return;
  const form = root.querySelector('form[data-line]');
  // The page of a problem has no name of its own: it stands at the address of what is gone.
  const own = `wijkagenda ${root.dataset.user} ${root.dataset.page || location.pathname} `;
  const place = `${own}regels`;
  if (!form) return left();
  const field = form.elements.line;
  const AGAIN = 10_000;
  const REFUSED = 'Niet opgeslagen. Zet de regel terug, kijk na en probeer opnieuw.';
  const DENIED = 'Niet opgeslagen: u schrijft niet meer in deze vergadering. Geef deze regel door aan de voorzitter.';

  const read = () => JSON.parse(localStorage.getItem(place) ?? '[]');
  function write(lines) {
    if (lines.length > 0) localStorage.setItem(place, JSON.stringify(lines));
    else localStorage.removeItem(place);
    show();
  }
  const change = (key, fields) => write(read().map((line) => (line.key === key ? { ...line, ...fields } : line)));
  const remove = (key) => write(read().filter((line) => line.key !== key));

  /* Lines this page has sent and awaits a response for; other windows leave them alone for as long. */
  const underway = new Set();
  const PATIENCE = 20_000;
  const isUnderway = ({ key, at }) => underway.has(key) || Date.now() - (at ?? 0) < PATIENCE;
  /** A line that is answered sooner is never shown as waiting. */
  const SOON = 700;

  root.addEventListener('line:sent', (event) => {
    const { action, body, key, text } = event.detail;
    const { agendaItemId } = form.elements;
    const isConfidential = [form, agendaItemId?.selectedOptions?.[0]].some((one) =>
      one?.matches('[data-confidential]'),
    );
    const told = text.trim() || body.get('title');
    if (!told || isConfidential) return;
    const fields = [...body].filter(([name]) => name !== '_csrf');
    const line = { key, url: new URL(action).pathname, text: told, fields, at: Date.now() };
    try {
      localStorage.setItem(place, JSON.stringify([...read(), line]));
    } catch {
      return; // A full or forbidden store: the line stays in its field until there is an answer.
    }
    underway.add(key);
    setTimeout(show, SOON + 50);
    event.preventDefault();
  });
  const answered = ({ detail: { key } }, then) => {
    if (!underway.delete(key)) return false;
    then(key);
    return true;
  };
  root.addEventListener('line:answered', (event) => answered(event, remove));
  root.addEventListener('line:unsent', (event) => {
    if (answered(event, (key) => change(key, { at: undefined }))) event.preventDefault();
  });
  // It is shown and can be put back in the field, but is never sent again unchanged.
  root.addEventListener('line:refused', ({ detail: { key, text } }) =>
    write([...read(), { key, text, problem: REFUSED }]),
  );

  let isSending = false;
  async function send() {
    if (isSending || !navigator.onLine) return;
    isSending = true;
    for (const line of read().filter((one) => !one.problem && !isUnderway(one))) if (!(await sendOne(line))) break;
    isSending = false;
  }

  async function sendOne({ key, url, fields }) {
    const body = new URLSearchParams([...fields, ['_csrf', form.elements._csrf.value]]);
    try {
      // A request for a page would be answered with the sign-in page, which looks like success.
      const headers = { Accept: 'application/json', 'Idempotency-Key': key };
      const answer = await fetch(url, { method: 'POST', body, headers });
      if (answer.ok) remove(key);
      else if (await isDenied(answer)) denied(key);
      else if (answer.status >= 500 || [401, 403, 429].includes(answer.status)) return false;
      else change(key, { problem: REFUSED });
      return true;
    } catch {
      return false;
    }
  }

  /** Signed in, but not to write here any more; a form of a former sign-in is refused with another code. */
  async function isDenied(answer) {
    if (answer.status === 404) return !(await window.minuteTaking.parts.fetchPage());
    return answer.status === 403 && (await answer.json()).code === 'FORBIDDEN';
  }
  function denied(key) {
    change(key, { problem: DENIED });
    window.minuteTaking?.say(window.minuteTaking.DENIED, 'lost');
  }

  /* The list below the bar: each line with its state. */
  function show() {
    const lines = read().filter(({ at }) => !(Date.now() - (at ?? 0) < SOON));
    let list = document.getElementById('bewaarde-regels');
    if (lines.length === 0) return list?.remove();
    if (!list) {
      list = document.createElement('ul');
      list.id = 'bewaarde-regels';
      list.className = 'recorded';
      list.setAttribute('aria-label', 'Regels die nog niet zijn opgeslagen');
      form.after(list);
    }
    list.replaceChildren(...lines.map(itemOf));
    // The newest is in view; the others can be scrolled to with the keyboard.
    list.scrollTop = list.scrollHeight;
    list.tabIndex = list.scrollHeight > list.clientHeight ? 0 : -1;
  }

  function itemOf({ key, text, problem, at }) {
    const item = document.createElement('li');
    item.className = 'incomplete';
    const facts = document.createElement('p');
    facts.className = 'facts';
    const state = at ? 'Wordt opgeslagen.' : 'Wordt gelezen zodra er verbinding is.';
    facts.textContent = problem ?? state;
    item.append(text, facts);
    if (problem) {
      const back = document.createElement('button');
      back.type = 'button';
      back.className = 'utrecht-button utrecht-button--secondary-action';
      back.textContent = 'Zet terug';
      back.addEventListener('click', () => {
        // What was being typed takes its place in the list.
        if (field.value.trim()) change(key, { text: field.value });
        else remove(key);
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.focus();
      });
      item.append(back);
    }
    return item;
  }

  /** What this device still has of texts other than lines: strings, and the notes and decisions of agenda items. */
  function textsLeft() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(own) && key !== place);
    const kept = keys.map((key) => JSON.parse(localStorage.getItem(key)));
    return kept
      .flatMap((one) => (one?.texts ? [one.texts.notes, one.texts.decision] : one))
      .filter((text) => text?.trim?.());
  }

  /**
   * What was not saved before the meeting was closed, or before this person was no longer to write in it, or to see it ("gone"):
   * shown until it is removed.
   */
  function left() {
    const { state } = root.dataset;
    if (!['closed', 'open', 'gone'].includes(state)) return;
    const lines = JSON.parse(localStorage.getItem(place) ?? '[]').map(({ text }) => text);
    const texts = state === 'closed' ? lines : [...lines, ...textsLeft()];
    if (texts.length === 0) return;
    const box = document.createElement('section');
    box.className = 'utrecht-alert utrecht-alert--warning warning';
    box.id = 'bewaarde-regels';
    const list = document.createElement('ul');
    for (const text of texts) list.append(Object.assign(document.createElement('li'), { textContent: text }));
    const button = Object.assign(document.createElement('button'), {
      type: 'button',
      className: 'utrecht-button utrecht-button--secondary-action',
      textContent: 'Haal weg van dit apparaat',
    });
    button.addEventListener('click', () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(own)) localStorage.removeItem(key);
      box.remove();
    });
    const why =
      state === 'closed'
        ? 'Deze acties zijn niet opgeslagen: de vergadering was al gesloten.'
        : 'Dit typte u, maar het is niet opgeslagen: u schrijft niet meer in deze vergadering. Geef het door aan de voorzitter.';
    box.append(why, list, button);
    (root.querySelector('.session-head') ?? root.firstElementChild ?? root).after(box);
  }

  show();
  void send();
  addEventListener('online', () => void send());
  addEventListener('storage', ({ key }) => key === place && show());
  document.addEventListener('live:connected', () => void send());
  setInterval(() => read().length > 0 && void send(), AGAIN);
})();

/*
 * A line of a new action that could not be sent stays on this device, and is read and recorded once there is a connection.
 * Each kept request has a key of its own, so that one whose answer was lost is recorded once, also when it is sent again or
 * from two windows. What is confidential is never kept. Needs the form with `data-line` and the `unsent` event of a form.
 */
(() => {
  'use strict';
  const root = document.querySelector('[data-page]');
  const form = root?.querySelector('form[data-line]');
  if (!form) return;
  const place = `wijkagenda ${root.dataset.user} ${root.dataset.page} regels`;
  const field = form.elements.line;
  const AGAIN = 10_000;

  const read = () => JSON.parse(localStorage.getItem(place) ?? '[]');
  function write(lines) {
    if (lines.length > 0) localStorage.setItem(place, JSON.stringify(lines));
    else localStorage.removeItem(place);
    show();
  }
  const change = (key, fields) => write(read().map((line) => (line.key === key ? { ...line, ...fields } : line)));
  const remove = (key) => write(read().filter((line) => line.key !== key));

  root.addEventListener('unsent', (event) => {
    const { action, body, key } = event.detail;
    const isLine = event.target === form;
    if (!isLine && event.target.id !== 'actie-nieuw') return;
    const fields = [...body].filter(([name]) => name !== '_csrf');
    const text = isLine ? field.value.trim() : (body.get('line') ?? body.get('title') ?? '');
    if (text === '' || form.matches('[data-confidential]')) return;
    const chosen = form.elements.agendaItemId?.selectedOptions?.[0];
    if (chosen?.matches('[data-confidential]')) return;
    // A line that was not read yet is read and recorded in one go; what was read goes as it was read.
    const url = isLine ? `${root.dataset.page}/acties/regel` : new URL(action).pathname;
    try {
      write([...read(), { key, url, text, fields }]);
    } catch {
      return; // A full or forbidden store: the line stays in its field.
    }
    event.preventDefault();
    field.value = '';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    document.getElementById('actie-nieuw')?.remove();
    field.focus();
  });

  let isSending = false;
  async function send() {
    if (isSending || !navigator.onLine) return;
    isSending = true;
    for (const line of read().filter(({ problem }) => !problem)) if (!(await sendOne(line))) break;
    isSending = false;
  }

  async function sendOne({ key, url, fields }) {
    const body = new URLSearchParams([...fields, ['_csrf', form.elements._csrf.value]]);
    try {
      const headers = { Accept: 'text/html', 'Idempotency-Key': key };
      const answer = await fetch(url, { method: 'POST', body, headers });
      if (answer.ok) remove(key);
      else if (answer.status >= 500 || [401, 403, 429].includes(answer.status)) return false;
      else change(key, { problem: 'Niet opgeslagen. Zet de regel terug, kijk na en probeer opnieuw.' });
      return true;
    } catch {
      return false;
    }
  }

  /* Below the bar, each with what becomes of it. */
  function show() {
    const lines = read();
    let list = document.getElementById('bewaarde-regels');
    if (lines.length === 0) return list?.remove();
    if (!list) {
      list = document.createElement('ul');
      list.id = 'bewaarde-regels';
      list.className = 'recorded';
      list.setAttribute('aria-label', 'Regels die nog niet zijn opgeslagen');
      form.after(list);
    }
    return list.replaceChildren(...lines.map(itemOf));
  }

  function itemOf({ key, text, problem }) {
    const item = document.createElement('li');
    item.className = 'incomplete';
    const facts = document.createElement('p');
    facts.className = 'facts';
    facts.textContent = problem ?? 'Wordt gelezen zodra er verbinding is.';
    item.append(text, facts);
    if (problem) {
      const back = document.createElement('button');
      back.type = 'button';
      back.className = 'utrecht-button utrecht-button--secondary-action';
      back.textContent = 'Zet terug';
      back.addEventListener('click', () => {
        field.value = text;
        remove(key);
        field.focus();
      });
      item.append(back);
    }
    return item;
  }

  show();
  void send();
  addEventListener('online', () => void send());
  addEventListener('storage', ({ key }) => key === place && show());
  document.addEventListener('live:connected', () => void send());
  setInterval(() => read().length > 0 && void send(), AGAIN);
})();

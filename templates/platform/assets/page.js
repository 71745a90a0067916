/* On every page: a date in words beside its field, and a notice when something takes a while. Everything works without it. */
(() => {
  'use strict';
  const WORDS = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };

  /** A line after an element, created at first use and announced by screen readers when it changes. */
  function lineAfter(element, name) {
    let line = element.parentElement.querySelector(`:scope > .${name}`);
    if (!line) {
      line = document.createElement('p');
      line.className = `hint ${name}`;
      line.setAttribute('role', 'status');
      element.after(line);
    }
    return line;
  }

  document.addEventListener('input', ({ target }) => {
    if (!target.matches('input[type="date"]')) return;
    const day = target.valueAsDate;
    // Filling in a day chooses it as the deadline.
    const kind = target.name === 'dueOn' && target.form?.elements.dueKind;
    if (day && kind) kind.value = 'date';
    lineAfter(target, 'in-words').textContent = day ? day.toLocaleDateString('nl-NL', WORDS) : '';
  });

  /* Reports a file that the service would refuse beside its field, so that what was typed is not lost. */
  const MOST_BYTES = 10 * 1024 * 1024;
  const MOST_TOGETHER = 11.5 * 1024 * 1024;
  const TOO_LARGE = 'Dit bestand is te groot. Een bestand mag hoogstens 10 MB zijn.';
  const TOGETHER = 'Samen zijn deze bestanden te groot. Verstuur ze na elkaar.';
  function tooLargeIn(form) {
    let sum = 0;
    let found = null;
    for (const field of form.querySelectorAll('input[type="file"]')) {
      const size = Math.max(0, ...Array.from(field.files, (file) => file.size));
      sum += size;
      const words = size > MOST_BYTES ? TOO_LARGE : sum > MOST_TOGETHER ? TOGETHER : '';
      if (!words || size === 0) {
        field.removeAttribute('aria-invalid');
        field.parentElement.querySelector(':scope > .too-large')?.remove();
        continue;
      }
      const line = lineAfter(field, 'too-large');
      line.className = 'utrecht-form-field-error-message field-error too-large';
      line.textContent = words;
      field.setAttribute('aria-invalid', 'true');
      found ??= field;
    }
    return found;
  }
  document.addEventListener('change', ({ target }) => {
    if (target.type === 'file' && target.form) tooLargeIn(target.form);
  });

  /* What sends off the texts of this page waits until those are saved. */
  const UNSAVED = 'U hebt hierboven iets gewijzigd. Sla dat eerst op.';
  const isChanged = (field) =>
    field.type === 'checkbox'
      ? field.checked !== field.defaultChecked
      : field.type !== 'hidden' && field.value !== field.defaultValue;
  function unsavedBeside(form) {
    const others = [...document.querySelectorAll('main form[method="post"]')].filter((other) => other !== form);
    const changed = others.find((other) => [...other.querySelectorAll('input, textarea')].some(isChanged));
    return changed?.querySelector('button[type="submit"]');
  }

  /* Submits a form once, and says that it is busy if that takes more than a moment. */
  const MOMENT = 400;
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if (form.dataset.sent) return event.preventDefault();
    const tooLarge = tooLargeIn(form);
    if (tooLarge) {
      event.preventDefault();
      return tooLarge.focus();
    }
    const save = 'afterSaving' in form.dataset && unsavedBeside(form);
    if (save) {
      event.preventDefault();
      const line = lineAfter(save, 'unsaved');
      line.className = 'utrecht-form-field-error-message field-error unsaved';
      line.textContent = UNSAVED;
      return save.focus();
    }
    form.dataset.sent = 'true';
    const button = event.submitter ?? form.querySelector('button');
    setTimeout(() => {
      if (form.dataset.sent && button)
        lineAfter(button, 'busy').textContent = form.dataset.busy ?? 'Bezig met opslaan…';
    }, MOMENT);
  });
  // Returning with the back button: the form can be submitted again.
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
    for (const line of document.querySelectorAll('.busy')) line.remove();
  });

  /* The key / focuses the search field, except while typing; it can be switched off beside the search results. */
  const KEYLESS = 'wijkagenda-zonder-zoektoets';
  document.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (key !== '/' || ctrlKey || metaKey || altKey || target.closest('input, textarea, select, [contenteditable]'))
      return;
    const field = document.getElementById('zoekveld');
    if (!field?.checkVisibility() || localStorage.getItem(KEYLESS)) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  const choice = document.getElementById('zoektoets');
  if (choice) {
    choice.parentElement.hidden = false;
    choice.checked = !localStorage.getItem(KEYLESS);
    choice.addEventListener('change', () =>
      choice.checked ? localStorage.removeItem(KEYLESS) : localStorage.setItem(KEYLESS, 'true'),
    );
  }

  /* Says that a document is being made while it is. */
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-made]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.making) return;
    link.dataset.making = 'true';
    const line = lineAfter(link.parentElement, 'busy');
    line.textContent = `${link.textContent.trim()}: wordt gemaakt…`;
    void fetchFile(link)
      .then(() => line.remove())
      .catch(() => location.assign(link.href))
      .finally(() => delete link.dataset.making);
  });

  /* Polls for something pending, at intervals that grow by a fifth. A link beside it does the same. */
  const FIRST_LOOK = 2000;
  const LAST_LOOK = 60_000;
  async function lookAgain(place, pause) {
    await new Promise((done) => setTimeout(done, pause));
    const answer = await fetch(location.pathname, { headers: { Accept: 'text/html', 'Page-Beside': 'true' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const now = page.getElementById(place.id);
    if (!now) return;
    place.replaceChildren(...now.childNodes);
    if ('underWay' in now.dataset) await lookAgain(place, Math.min(pause * 1.2, LAST_LOOK));
  }
  for (const place of document.querySelectorAll('[data-under-way]')) lookAgain(place, FIRST_LOOK).catch(() => {});

  async function fetchFile(link) {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(`The service answered ${answer.status}.`);
    const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
    const file = document.createElement('a');
    file.href = URL.createObjectURL(await answer.blob());
    file.download = name ?? link.href.split('/').pop();
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
  }
})();

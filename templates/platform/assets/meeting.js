/* Taking minutes quickly. Without this script every form of the page has its own button and does the same. */
(() => {
  'use strict';
  const session = document.querySelector('[data-session]');
  const status = document.querySelector('[data-saving]');
  if (!session || !status) return;
  const WAIT = 800;
  const AGAIN = 4000;
  const place = `wijkagenda ${session.dataset.user} ${location.pathname} `;
  document.documentElement.classList.add('scripted');

  /** What is said in the corner: saved at, busy, or that the connection is gone. */
  function say(words, state = 'saved') {
    status.hidden = false;
    status.dataset.state = state;
    if (status.textContent !== words) status.textContent = words;
  }

  /* Drafts: what is typed and not saved yet stays on this device, also when the page is closed. */
  const drafts = {
    read: (key) => JSON.parse(localStorage.getItem(place + key) ?? 'null'),
    write(key, value) {
      try {
        localStorage.setItem(place + key, JSON.stringify(value));
      } catch {
        /* A full or forbidden store: the text is still on the screen. */
      }
    },
    remove: (key) => localStorage.removeItem(place + key),
  };

  /** What is confidential is never kept in the browser. */
  const isConfidential = (element) =>
    element.closest('[data-confidential]') !== null ||
    (element.form ?? element).querySelector?.('option[data-confidential]:checked') != null;
  const GONE = 'Geen verbinding. Wat u typt blijft op dit apparaat bewaard; het wordt opgeslagen zodra het weer kan.';
  const GONE_CONFIDENTIAL =
    'Geen verbinding. Dit punt is vertrouwelijk en wordt niet op dit apparaat bewaard: houd dit venster open. Het wordt opgeslagen zodra het weer kan.';

  /* Saving as you go: one form at a time, its newest text, with the version that was read. */
  const waiting = new Map();
  const keptForms = () => [...session.querySelectorAll('form[data-keep]')];
  const isWriting = (form) => form.classList.contains('write');
  const textsOf = (form) =>
    Object.fromEntries([...new FormData(form)].filter(([name]) => !['_csrf', 'version'].includes(name)));

  /* What was sent and has no answer yet: what is pressed about its outcome waits for that. */
  const underway = new Set();
  async function sending(answer) {
    underway.add(answer);
    await answer;
    underway.delete(answer);
  }
  const isUnanswered = () => underway.size > 0 || [...waiting.keys()].some((form) => !form.dataset.lost);
  window.whenAnswered = async (then) => {
    while (isUnanswered()) {
      await settle();
      await Promise.all(underway);
    }
    then();
  };

  /* Nothing is put in place under a finger: a press is about what was there when it began. */
  const LONGEST_PRESS = 1000;
  let lift = () => {};
  let lifted = Promise.resolve();
  const press = () => {
    lift();
    lifted = new Promise((resolve) => (lift = resolve));
    setTimeout(lift, LONGEST_PRESS);
  };
  addEventListener('pointerdown', press, true);
  for (const name of ['pointerup', 'pointercancel']) addEventListener(name, () => setTimeout(() => lift()), true);
  window.handLifted = () => lifted;

  /*
   * Of the people only those who were pressed are sent: another row may have been changed by somebody else. If that holds for a
   * pressed one, the newest press counts: it is sent again with the version of now.
   */
  const MOST_TRIES = 3;
  const pressed = new WeakMap();
  const pressedIn = (form) => pressed.get(form) ?? pressed.set(form, new Map()).get(form);
  const ofPeople = (form) => form.querySelector('[data-person]') !== null;
  const partOf = (person, name) => person.elements.namedItem(name);
  function bodyOf(form, people) {
    const body = new FormData(form);
    if (!ofPeople(form)) return body;
    for (const person of form.querySelectorAll('[data-person]'))
      if (!people.has(person.id)) for (const { name } of person.elements) body.delete(name);
    return body;
  }
  /** The form that stands in the page now: a part may have been put in its place meanwhile. */
  const present = (form) =>
    form.isConnected ? form : session.querySelector(`form[data-keep="${CSS.escape(form.dataset.keep)}"]`);

  /** Shows in the form that is in the page now what was pressed in the one before, unless it was pressed again since. */
  function carryOver(form, people) {
    const now = present(form);
    for (const id of people.keys()) {
      const [from, to] = [form.querySelector(`#${CSS.escape(id)}`), document.getElementById(id)];
      if (!to || from === to || pressedIn(now).has(id)) continue;
      for (const field of from.elements) {
        const same = document.getElementById(field.id);
        if (same && 'checked' in field) same.checked = field.checked;
      }
    }
    return now;
  }
  /** Sends what was pressed once more; false if that was tried often enough. */
  async function pressAgain(form, people) {
    if ([...people.values()].some((tries) => tries >= MOST_TRIES)) return false;
    // It waits until then, so that nothing else that arrives takes the press away.
    const page = await fetchPage();
    settled(form);
    const now = page && carryOver(form, people);
    if (!now) return false;
    for (const [id, tries] of people) {
      const [here, there] = [document.getElementById(id), page.getElementById(id)];
      const version = `v-${id.replace('wie-', '')}`;
      if (!here || !there) continue;
      partOf(here, version).value = partOf(there, version).value;
      pressedIn(now).set(id, tries + 1);
    }
    changed(now, 0);
    return true;
  }

  function changed(form, wait) {
    const key = form.dataset.keep;
    if (isWriting(form) && !isConfidential(form))
      drafts.write(key, { version: form.elements.version.value, texts: textsOf(form) });
    clearTimeout(waiting.get(form));
    form.dataset.waiting = 'true';
    waiting.set(
      form,
      setTimeout(() => void save(form), wait),
    );
  }
  function settled(form) {
    waiting.delete(form);
    delete form.dataset.waiting;
  }

  const busy = new WeakSet();
  const save = (form) => sending(store(form));
  async function store(form) {
    if (busy.has(form)) return changed(form, WAIT);
    clearTimeout(waiting.get(form));
    if (form.dataset.overtaken) return;
    busy.add(form);
    const people = pressedIn(form);
    pressed.delete(form);
    const sent = bodyOf(form, people);
    const before = JSON.stringify(textsOf(form));
    status.dataset.state = 'busy';
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(sent),
        headers: { Accept: 'application/json' },
        keepalive: true,
      });
      if (answer.status >= 500) throw new Error(`The service answered ${answer.status}.`);
      const told = await answer.json().catch(() => ({}));
      const now = (ofPeople(form) && carryOver(form, people)) || form;
      for (const [name, version] of Object.entries(told.versions ?? {})) setVersion(now, name, version);
      if (now !== form) settled(form);
      if (answer.ok) saved(now, told.saved, now === form ? before : JSON.stringify(textsOf(now)));
      else if (answer.status === 412 && people.size > 0 && (await pressAgain(form, people))) return;
      else if (answer.status === 412 && told.theirs) overtaken(form, told.theirs);
      else refused(form, answer.status, told.problem);
    } catch {
      for (const [id, tries] of people) pressedIn(form).set(id, tries);
      lost(form);
    } finally {
      busy.delete(form);
    }
  }

  /** The version of an item stands in every form about it. */
  function setVersion(form, name, version) {
    const part = form.closest('.step') ?? form;
    for (const field of part.querySelectorAll(`input[name="${CSS.escape(name)}"]`)) field.value = version;
  }

  function saved(form, words, before) {
    answers += 1;
    if (JSON.stringify(textsOf(form)) === before) {
      settled(form);
      drafts.remove(form.dataset.keep);
    } else changed(form, WAIT);
    if (waiting.size === 0) say(words);
    const line = form.querySelector('[data-saved]');
    if (line) line.textContent = words;
    delete form.dataset.lost;
    if (form.dataset.also) void refresh(form.dataset.also.split(' '));
    form.dispatchEvent(new CustomEvent('saved', { bubbles: true, detail: { texts: JSON.parse(before) } }));
    refreshSoon();
  }

  function lost(form) {
    form.dataset.lost = 'true';
    say(isConfidential(form) ? GONE_CONFIDENTIAL : GONE, 'lost');
    clearTimeout(waiting.get(form));
    waiting.set(
      form,
      setTimeout(() => void save(form), AGAIN),
    );
  }

  function refused(form, code, words) {
    settled(form);
    if (code === 412 && form.dataset.keep) void refresh([form.dataset.keep]);
    const why =
      code === 403 || code === 401
        ? 'U bent niet meer aangemeld. Meld u aan in een ander venster en typ verder.'
        : words;
    say(`Niet opgeslagen. ${why ?? 'Vernieuw de pagina; wat u typte blijft bewaard.'}`, 'lost');
  }

  function overtaken(form, theirs) {
    settled(form);
    say('Iemand anders schreef bij hetzelfde punt. Kies hieronder wat er blijft staan.', 'lost');
    window.bothTexts(form, theirs, () => changed(form, 0));
  }

  session.addEventListener('input', (event) => {
    const { target } = event;
    const form = target.closest('form');
    const person = target.closest('[data-person]');
    if (person) pressedIn(form).set(person.id, 0);
    if (form?.dataset.keep && !form.dataset.overtaken) changed(form, target.type === 'radio' ? 0 : WAIT);
    for (const field of form?.querySelectorAll('[data-draft]') ?? []) {
      if (isConfidential(field)) drafts.remove(field.id);
      else if (field.value) drafts.write(field.id, field.value);
      else drafts.remove(field.id);
    }
    if (target.id === LINE) readSoon(target);
  });
  session.addEventListener('focusout', ({ target }) => {
    const form = target.closest?.('form[data-keep]');
    if (form && waiting.has(form) && !form.dataset.lost) void save(form);
  });
  addEventListener('online', () => waiting.forEach((_, form) => void save(form)));
  addEventListener('offline', () => say(GONE, 'lost'));
  addEventListener('beforeunload', (event) => {
    if (waiting.size > 0) event.preventDefault();
  });

  /* What was typed before the page was closed comes back; against another version both are shown. */
  function bringBack() {
    for (const form of keptForms().filter(isWriting)) {
      const draft = drafts.read(form.dataset.keep);
      if (!draft || JSON.stringify(draft.texts) === JSON.stringify(textsOf(form))) {
        drafts.remove(form.dataset.keep);
        continue;
      }
      const theirs = { ...textsOf(form), version: form.elements.version.value };
      for (const [name, value] of Object.entries(draft.texts))
        if (form.elements[name]) form.elements[name].value = value;
      for (const fold of form.querySelectorAll('details')) fold.open = true;
      if (draft.version === theirs.version) changed(form, 0);
      else overtaken(form, theirs);
    }
    bringBackIn(session);
  }
  function bringBackIn(part) {
    for (const field of part.querySelectorAll('[data-draft]')) {
      const draft = drafts.read(field.id);
      if (draft && !field.value) field.value = draft;
    }
  }
  session.addEventListener('desk:form', ({ target }) => bringBackIn(target));

  /* Alt with the letter that is said beside a button or field, whatever the browser makes of its access key. */
  addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !event.code.startsWith('Key')) return;
    const target = session.querySelector(`[accesskey="${CSS.escape(event.code.slice(3).toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (target.matches('button')) target.click();
  });

  /* The line of a new action is read while it is typed. Enter saves it as it is read, or as it was corrected above it. */
  const LINE = 'actieregel-line';
  const PAUSE = 350;
  let reading;
  function readSoon(field) {
    clearTimeout(reading);
    reading = setTimeout(() => void read(field), PAUSE);
  }
  async function read(field) {
    const { form, value } = field;
    if (!value.trim()) return document.getElementById('actie-nieuw')?.remove();
    if (form.dataset.busy) return;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.read, { method: 'POST', body });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const panel = page.getElementById('actie-nieuw');
      if (!panel || !field.isConnected || field.value !== value || form.dataset.busy) return;
      panel.querySelector('[autofocus]')?.removeAttribute('autofocus');
      panel.dataset.line = value;
      const before = document.getElementById('actie-nieuw');
      if (before) keepCorrections(before, panel);
      before?.remove();
      form.before(document.adoptNode(panel));
      document.getElementById('actieregel-gelezen').textContent = panel.dataset.said ?? '';
    } catch {
      /* Without a connection it is read when it is saved. */
    }
  }

  /* Who and when are corrected in the form above the line: what was chosen there stays when the line is read again. */
  const CHIPS = ['ownerId', 'dueKind', 'dueOn'];
  function correct(field) {
    field.dataset.corrected = 'true';
    field.closest('.chip')?.classList.remove('unsure');
  }
  function keepCorrections(before, panel) {
    for (const name of CHIPS) {
      if (!before.elements[name].dataset.corrected) continue;
      panel.elements[name].value = before.elements[name].value;
      correct(panel.elements[name]);
    }
  }
  session.addEventListener('input', ({ target }) => {
    if (target.form?.id !== 'actie-nieuw' || !CHIPS.includes(target.name)) return;
    correct(target);
    const { dueKind } = target.form.elements;
    if (target.name !== 'dueOn' || !target.value) return;
    dueKind.value = 'date';
    correct(dueKind);
  });
  session.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (target.form?.id !== 'actie-nieuw' || target.matches('button')) return;
    if (key === 'Enter') {
      event.preventDefault();
      target.form.requestSubmit();
    } else if (key === 'Escape') document.getElementById(LINE)?.focus();
  });

  /** The form above the line, when it is about this very line. */
  function understood(form) {
    const panel = document.getElementById('actie-nieuw');
    return panel && panel.dataset.line === form.querySelector(`#${LINE}`)?.value ? panel : null;
  }

  const theLine = () => document.getElementById(LINE);
  /** Takes what was sent out of the line; what was typed behind it meanwhile is the next line. */
  function emptyLine(sent) {
    const field = theLine();
    if (!field) return;
    const next =
      field.value === sent ? '' : field.value.startsWith(sent) ? field.value.slice(sent.length) : field.value;
    if (next === field.value && next !== '') return;
    clearTimeout(reading);
    field.value = next;
    for (const one of field.form.querySelectorAll('[data-picked]')) one.value = '';
    drafts.remove(LINE);
    document.getElementById('actie-nieuw')?.remove();
    if (next) field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** What was refused comes back as it was sent; false if the next line stands there by now. */
  function putBack(form, body) {
    const field = theLine();
    if (field.value.trim()) return false;
    field.value = body.get('line') ?? '';
    for (const one of field.form.querySelectorAll('[data-picked]')) one.value = body.get(one.name) ?? '';
    drafts.write(LINE, field.value);
    if (form !== field.form) field.form.before(form);
    else readSoon(field);
    return true;
  }

  /* Forms that change a part of the page: sent in the background, and only those parts are put in place anew. */
  session.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.keep && !['rest', 'wis'].includes(event.submitter?.name)) {
      event.preventDefault();
      void save(form);
    } else if (form.dataset.swap) {
      event.preventDefault();
      clearTimeout(reading);
      const known = 'line' in form.dataset && understood(form);
      void sending(known ? swap(known) : swap(form, event.submitter));
    } else if (isOnTheWay() && !form.dataset.settled) {
      // What was typed is saved first: closing must not overtake the last note or action.
      event.preventDefault();
      say('Eerst wordt opgeslagen wat nog onderweg is.', 'busy');
      void settleAll().then(() => submitPresent(form, event.submitter));
    }
  });
  /** The form may have been replaced while it waited. */
  function submitPresent(form, submitter) {
    const now = form.isConnected
      ? form
      : [...session.querySelectorAll('form')].find(({ action }) => action === form.action);
    if (!now) return;
    now.dataset.settled = 'true';
    now.requestSubmit([...now.elements].find((one) => one === submitter || isSameButton(one, submitter)) ?? null);
  }
  const isSameButton = (one, other) => one.type === 'submit' && one.name === other?.name && one.value === other.value;
  session.addEventListener('click', (event) => {
    const link = event.target.closest('a[href]');
    if (!link || !isOnTheWay() || link.getAttribute('href').startsWith('#')) return;
    event.preventDefault();
    void settleAll().then(() => location.assign(link.href));
  });

  const LONGEST_ANSWER = 15_000;
  const NEW_ACTION = '#actie-nieuw, [data-line]';
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join('-');
  const ALSO = ['sluiten', 'onderdelen', 'acties-stand', 'afspraken'];
  async function swap(form, submitter) {
    const isLine = 'line' in form.dataset;
    // The second press of a double Enter.
    if (isLine && underway.size > 0 && !theLine().value.trim()) return;
    if (form.dataset.busy) return void pressLater(form, submitter ?? {});
    // The button may be gone or another one by then, when somebody else's change was put in its place.
    const letter = submitter?.dataset.key;
    const { name, value } = submitter ?? {};
    const to = submitter?.hasAttribute('formaction') ? submitter.formAction : form.action;
    form.dataset.pressed = name ?? '';
    const filledIn = () => {
      const body = new URLSearchParams(new FormData(form));
      if (name) body.append(name, value);
      return body;
    };
    const isNew = form.matches(NEW_ACTION) && to === form.action;
    const sent = isNew && { action: to, body: filledIn(), key: newKey(), text: theLine().value };
    const tell = (what) =>
      !session.dispatchEvent(new CustomEvent(what, { bubbles: true, cancelable: true, detail: sent }));
    // Kept on this device until there is an answer: the line is free for the next one.
    const isKept = sent && tell('line:sent');
    if (isKept) {
      emptyLine(sent.text);
      theLine().focus();
    } else form.dataset.busy = 'true';
    try {
      await settle();
      const headers = { Accept: 'text/html', ...(sent && { 'Idempotency-Key': sent.key }) };
      // Where the form stands as the server writes it: there one comes back to after signing in again.
      const referrer = form.dataset.shown ? `${location.pathname}?open=${form.dataset.shown}` : location.href;
      // With its key a new action may be sent again: nothing waits for an answer that does not come.
      const signal = sent ? AbortSignal.timeout(LONGEST_ANSWER) : undefined;
      const answer = await fetch(to, {
        method: 'POST',
        body: sent ? sent.body : filledIn(),
        headers,
        referrer,
        signal,
      });
      if (answer.status >= 500) throw new Error(`The service answered ${answer.status}.`);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (sent) tell('line:answered');
      // A form from before another sign-in is refused, and shown again in a page of the new one.
      const isOld = isKept && page.querySelector('[name="_csrf"]')?.value !== form.elements._csrf.value;
      if (isOld || !page.querySelector('[data-session]')) {
        // To sign in, from where one comes back; or the meeting was closed elsewhere, and has no line any more.
        const comesBack = answer.redirected;
        if (isKept && !(comesBack && putBack(form, sent.body))) tell('line:refused');
        return location.assign(comesBack ? answer.url : location.pathname);
      }
      const problem = page.querySelector('.problem ul');
      for (const field of form.querySelectorAll('[data-draft]')) if (field.id !== LINE) drafts.remove(field.id);
      if (isKept && problem && !putBack(form, sent.body)) tell('line:refused');
      if (sent && !isKept && !problem) emptyLine(sent.text);
      const row = form.closest('.action-row')?.id;
      await lifted;
      answers += 1;
      put(page, form.dataset.swap);
      if (row) put(page, row);
      for (const id of ALSO) put(page, id, true);
      const { version } = page.querySelector('[data-session]').dataset;
      session.dispatchEvent(new CustomEvent('saved', { detail: { version } }));
      bringBack();
      const notice = page.querySelector('main > .notice');
      if (problem) say(`Niet opgeslagen. ${problem.textContent.trim()}`, 'lost');
      else if (notice) say(notice.textContent);
      else status.hidden = true;
      if (!isKept || problem) focusAfter(problem, { form, submitter, letter, row });
    } catch {
      const isKeptNow = sent && tell('line:unsent');
      const kept = 'Geen verbinding. De regel is op dit apparaat bewaard en wordt gelezen zodra het weer kan.';
      say(isKeptNow ? kept : 'Geen verbinding. Wat u typte staat er nog; probeer het zo opnieuw.', 'lost');
    } finally {
      delete form.dataset.busy;
    }
  }

  /** Each latecomer has a button: one that is pressed while another is being saved is sent after it. */
  function pressLater(form, { name, value }) {
    if (!('return' in form.dataset) || form.dataset.pressed === name) return;
    void window.whenAnswered(() => {
      const now = document.getElementById(form.id);
      const button = now?.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
      if (button) now.requestSubmit(button);
    });
  }

  function put(page, id, isTypedKept = false) {
    const [now, next] = [document.getElementById(id), page.getElementById(id)];
    if (!now || !next) return;
    for (const field of isTypedKept ? now.querySelectorAll('input:not([type="hidden"]), textarea') : []) {
      const same = field.id && next.querySelector(`#${CSS.escape(field.id)}`);
      if (same && field.value !== field.defaultValue) same.value = field.value;
    }
    now.replaceWith(document.adoptNode(next));
    session.dispatchEvent(new CustomEvent('desk:put', { detail: id }));
  }

  function focusAfter(problem, sent) {
    const { form, submitter } = sent;
    const done = new CustomEvent('desk:done', {
      detail: { ...sent, isRefused: Boolean(problem) },
      cancelable: true,
    });
    if (!session.dispatchEvent(done)) return;
    const wrong = problem && session.querySelector('[aria-invalid="true"]');
    const then = document.getElementById(form.dataset.then ?? '') ?? document.getElementById('actieregel-line');
    const part = document.getElementById(form.dataset.swap);
    if (wrong) wrong.focus();
    else if (form.dataset.then) then?.focus();
    else {
      const same = submitter?.value && part?.querySelector(`[name="${submitter.name}"][value="${submitter.value}"]`);
      const target = same || part?.querySelector('textarea, button, a');
      target?.focus();
    }
  }

  /** Saves everything that waits, as far as that goes now. */
  async function settle() {
    for (const form of [...waiting.keys()]) await save(form);
  }

  const isOnTheWay = () => waiting.size > 0 || underway.size > 0;
  async function settleAll() {
    await settle();
    await Promise.all(underway);
  }

  /** What is still to be done before closing changes with what is written. */
  let refreshing;
  let answers = 0;
  function refreshSoon() {
    clearTimeout(refreshing);
    refreshing = setTimeout(() => void refresh(ALSO), 1500);
  }
  async function refresh(ids) {
    const before = answers;
    const page = await fetchPage();
    await lifted;
    // What was asked before an answer was put in place is older than that.
    if (answers !== before) return refresh(ids);
    // Without a connection the list stays as it is.
    if (!page) return undefined;
    for (const id of ids) if (!document.getElementById(id)?.contains(document.activeElement)) put(page, id, true);
    return undefined;
  }
  async function fetchPage() {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: 'text/html', 'Page-Beside': 'true' } });
      return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : undefined;
    } catch {
      return undefined;
    }
  }

  bringBack();
})();

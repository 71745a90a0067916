/* Saves forms as they are typed: one request per form at a time, with its latest text and the version that was read. */
(() => {
  'use strict';
  if (!window.minuteTaking) return;
  const { session, status, say, SIGNED_OUT, DENIED, drafts, isConfidential, parts } = window.minuteTaking;
  const WAIT = 800;
  const AGAIN = 4000;
  const GONE = 'Geen verbinding. Wat u typt blijft op dit apparaat bewaard; het wordt opgeslagen zodra het weer kan.';
  const GONE_CONFIDENTIAL =
    'Geen verbinding. Dit punt is vertrouwelijk en wordt niet op dit apparaat bewaard: houd dit venster open. Het wordt opgeslagen zodra het weer kan.';

  /* What waits to be saved, by form: the timer until then. */
  const waiting = new Map();
  const keptForms = () => [...session.querySelectorAll('form[data-keep]')];
  const isWriting = (form) => form.classList.contains('write');
  const textsOf = (form) =>
    Object.fromEntries([...new FormData(form)].filter(([name]) => !['_csrf', 'version'].includes(name)));

  /* Requests without a response yet; a press that depends on their outcome waits for it. */
  const underway = new Set();
  async function sending(answer) {
    underway.add(answer);
    await answer;
    underway.delete(answer);
  }
  const isUnanswered = () => underway.size > 0 || [...waiting.keys()].some((form) => !form.dataset.lost);
  const whenAnswered = async (then) => {
    while (isUnanswered()) {
      await settle();
      await Promise.all(underway);
    }
    then();
  };

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
  /** The form that is in the page now: its part may have been replaced meanwhile. */
  const present = (form) =>
    form.isConnected ? form : session.querySelector(`form[data-keep="${CSS.escape(form.dataset.keep)}"]`);

  /** Copies presses from a replaced form to the current one, unless the same choice was pressed again since. */
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
  /** Sends the presses once more; false after too many attempts. */
  async function pressAgain(form, people) {
    if ([...people.values()].some((tries) => tries >= MOST_TRIES)) return false;
    // Settled only after the fetch, so that nothing that arrives meanwhile discards the press.
    const page = await parts.fetchPage();
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
      else if (answer.status === 403 && (await parts.signedInAgain())) changed(form, 0);
      else refused(form, answer.status, told);
    } catch {
      for (const [id, tries] of people) pressedIn(form).set(id, tries);
      lost(form);
    } finally {
      busy.delete(form);
    }
  }

  /** Every form about an item contains its version. */
  function setVersion(form, name, version) {
    const part = form.closest('.step') ?? form;
    for (const field of part.querySelectorAll(`input[name="${CSS.escape(name)}"]`)) field.value = version;
  }

  function saved(form, words, before) {
    parts.answered();
    if (JSON.stringify(textsOf(form)) === before) {
      settled(form);
      drafts.remove(form.dataset.keep);
    } else changed(form, WAIT);
    if (waiting.size === 0) say(words);
    const line = form.querySelector('[data-saved]');
    if (line) line.textContent = words;
    delete form.dataset.lost;
    if (form.dataset.also) void parts.refresh(form.dataset.also.split(' '));
    form.dispatchEvent(new CustomEvent('saved', { bubbles: true, detail: { texts: JSON.parse(before) } }));
    parts.refreshSoon();
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

  function refused(form, code, told) {
    settled(form);
    if (told.code === 'FORBIDDEN') return say(DENIED, 'lost');
    if (code === 412 && form.dataset.keep) void parts.refresh([form.dataset.keep]);
    const why = code === 403 || code === 401 ? `${SIGNED_OUT} en typ verder.` : told.problem;
    return say(`Niet opgeslagen. ${why ?? 'Vernieuw de pagina; wat u typte blijft bewaard.'}`, 'lost');
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

  /* Restores what was typed before the page was closed; if the version has changed since, both texts are shown. */
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

  /** Saves everything that waits, as far as possible now. */
  async function settle() {
    for (const form of [...waiting.keys()]) await save(form);
  }

  const isOnTheWay = () => waiting.size > 0 || underway.size > 0;
  async function settleAll() {
    await settle();
    await Promise.all(underway);
  }

  bringBack();
  window.minuteTaking.saving = {
    whenAnswered,
    sending,
    isSending: () => underway.size > 0,
    isOnTheWay,
    settle,
    settleAll,
    save,
    bringBack,
  };
})();

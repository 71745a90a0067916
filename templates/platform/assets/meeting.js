/* Forms that change a part of the page of a meeting: submitted in the background, after which only those parts are replaced. */
(() => {
  'use strict';
  if (!window.minuteTaking) return;
  const { session, status, say, SIGNED_OUT, drafts, line, parts, saving } = window.minuteTaking;

  session.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.keep && !['rest', 'wis'].includes(event.submitter?.name)) {
      event.preventDefault();
      void saving.save(form);
    } else if (form.dataset.swap) {
      event.preventDefault();
      line.stopReading();
      const known = 'line' in form.dataset && line.understood(form);
      void saving.sending(known ? swap(known) : swap(form, event.submitter));
    } else if (saving.isOnTheWay() && !form.dataset.settled) {
      // Saves what was typed first: closing must not overtake the last note or action.
      event.preventDefault();
      say('Eerst wordt opgeslagen wat nog onderweg is.', 'busy');
      void saving.settleAll().then(() => submitPresent(form, event.submitter));
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
    if (!link || !saving.isOnTheWay() || link.getAttribute('href').startsWith('#')) return;
    event.preventDefault();
    void saving.settleAll().then(() => location.assign(link.href));
  });

  const LONGEST_ANSWER = 15_000;
  const NEW_ACTION = '#actie-nieuw, [data-line]';
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join('-');
  async function swap(form, submitter) {
    // The second press of a double Enter.
    if ('line' in form.dataset && saving.isSending() && !line.field().value.trim()) return;
    if (form.dataset.busy) return void pressLater(form, submitter ?? {});
    const request = requestOf(form, submitter);
    const { added } = request;
    form.dataset.pressed = request.name ?? '';
    const tell = (what) =>
      !session.dispatchEvent(new CustomEvent(what, { bubbles: true, cancelable: true, detail: added }));
    // Kept on this device until there is a response: the field is free for the next line.
    const isKept = added && tell('line:sent');
    if (isKept) {
      line.empty(added.text);
      line.field().focus();
    } else form.dataset.busy = 'true';
    try {
      const { answer, page } = await answerTo(form, request);
      if (added) tell('line:answered');
      if (isOtherPage(page, form, added)) await goThere(answer, { form, submitter, added, isKept, tell });
      else await show(page, { form, submitter, letter: request.letter, added, isKept, tell });
    } catch {
      const isKeptNow = added && tell('line:unsent');
      const kept = 'Geen verbinding. De regel is op dit apparaat bewaard en wordt gelezen zodra het weer kan.';
      say(isKeptNow ? kept : 'Geen verbinding. Wat u typte staat er nog; probeer het zo opnieuw.', 'lost');
    } finally {
      delete form.dataset.busy;
    }
  }

  /** What a press requests; later, somebody else's change may have removed or replaced the button. */
  function requestOf(form, submitter) {
    const { name, value } = submitter ?? {};
    const to = submitter?.hasAttribute('formaction') ? submitter.formAction : form.action;
    const filledIn = () => {
      const body = new URLSearchParams(new FormData(form));
      if (name) body.append(name, value);
      return body;
    };
    const isNew = form.matches(NEW_ACTION) && to === form.action;
    const added = isNew && { action: to, body: filledIn(), key: newKey(), text: line.field().value };
    return { to, name, letter: submitter?.dataset.key, filledIn, added };
  }

  /** Sends it once everything typed before is saved. */
  async function answerTo(form, { to, filledIn, added }) {
    await saving.settle();
    const answer = await fetch(to, {
      method: 'POST',
      body: added ? added.body : filledIn(),
      headers: { Accept: 'text/html', ...(added && { 'Idempotency-Key': added.key }) },
      // The place of the form in the page of the server, to return to after signing in again.
      referrer: form.dataset.shown ? `${location.pathname}?open=${form.dataset.shown}` : location.href,
      // A new action can be sent again with its key, so nothing waits for a response that does not come.
      signal: added ? AbortSignal.timeout(LONGEST_ANSWER) : undefined,
    });
    if (answer.status >= 500) throw new Error(`The service answered ${answer.status}.`);
    return { answer, page: new DOMParser().parseFromString(await answer.text(), 'text/html') };
  }

  /** The page to sign in; or the meeting was closed elsewhere and has no line any more; or it is the page of another session. */
  const isOtherPage = (page, form, added) =>
    !page.querySelector('[data-session]') ||
    (added && page.querySelector('[name="_csrf"]')?.value !== form.elements._csrf.value);

  async function goThere(answer, { form, submitter, added, isKept, tell }) {
    const comesBack = answer.redirected;
    if (added && !isKept) {
      // Confidential text is kept nowhere else.
      const why = comesBack ? `${SIGNED_OUT} en druk dan weer op Enter.` : 'De vergadering is intussen gesloten.';
      if (!(await parts.signedInAgain())) return say(`Niet opgeslagen. ${why}`, 'lost');
      delete form.dataset.busy;
      return swap(form, submitter);
    }
    if (isKept && !(comesBack && line.putBack(form, added.body))) tell('line:refused');
    return location.assign(comesBack ? answer.url : location.pathname);
  }

  /** Replaces the parts that changed, shows the result, and moves the focus. */
  async function show(page, { form, submitter, letter, added, isKept, tell }) {
    const problem = page.querySelector('.problem ul');
    for (const field of form.querySelectorAll('[data-draft]')) if (field.id !== line.ID) drafts.remove(field.id);
    if (isKept && problem && !line.putBack(form, added.body)) tell('line:refused');
    if (added && !isKept && !problem) line.empty(added.text);
    const row = form.closest('.action-row')?.id;
    await parts.lifted();
    parts.answered();
    parts.put(page, form.dataset.swap);
    if (row) parts.put(page, row);
    for (const id of parts.ALSO) parts.put(page, id, true);
    const { version } = page.querySelector('[data-session]').dataset;
    session.dispatchEvent(new CustomEvent('saved', { detail: { version } }));
    saving.bringBack();
    const notice = page.querySelector('main > .notice');
    if (problem) say(`Niet opgeslagen. ${problem.textContent.trim()}`, 'lost');
    else if (notice) say(notice.textContent);
    else status.hidden = true;
    if (!isKept || problem) focusAfter(problem, { form, submitter, letter, row });
  }

  /** Each latecomer has a button: one pressed while another is being saved is sent after it. */
  function pressLater(form, { name, value }) {
    if (!('return' in form.dataset) || form.dataset.pressed === name) return;
    void saving.whenAnswered(() => {
      const now = document.getElementById(form.id);
      const button = now?.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
      if (button) now.requestSubmit(button);
    });
  }

  function focusAfter(problem, sent) {
    const { form, submitter } = sent;
    const done = new CustomEvent('desk:done', {
      detail: { ...sent, isRefused: Boolean(problem) },
      cancelable: true,
    });
    if (!session.dispatchEvent(done)) return;
    const wrong = problem && session.querySelector('[aria-invalid="true"]');
    const then = document.getElementById(form.dataset.then ?? '') ?? line.field();
    const part = document.getElementById(form.dataset.swap);
    // In a row that is folded again, since one has gone on to the next.
    const fold = wrong && wrong.closest('details[data-row]');
    if (fold) fold.open = true;
    if (wrong) wrong.focus();
    else if (form.dataset.then) then?.focus();
    else {
      const same = submitter?.value && part?.querySelector(`[name="${submitter.name}"][value="${submitter.value}"]`);
      const target = same || part?.querySelector('textarea, button, a');
      target?.focus();
    }
  }
})();

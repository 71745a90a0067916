/* Forms that change a part of the page of a meeting: sent in the background, and only those parts are put in place anew. */
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
      // What was typed is saved first: closing must not overtake the last note or action.
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
    const isLine = 'line' in form.dataset;
    // The second press of a double Enter.
    if (isLine && saving.isSending() && !line.field().value.trim()) return;
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
    const sent = isNew && { action: to, body: filledIn(), key: newKey(), text: line.field().value };
    const tell = (what) =>
      !session.dispatchEvent(new CustomEvent(what, { bubbles: true, cancelable: true, detail: sent }));
    // Kept on this device until there is an answer: the line is free for the next one.
    const isKept = sent && tell('line:sent');
    if (isKept) {
      line.empty(sent.text);
      line.field().focus();
    } else form.dataset.busy = 'true';
    try {
      await saving.settle();
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
      const isOld = sent && page.querySelector('[name="_csrf"]')?.value !== form.elements._csrf.value;
      if (isOld || !page.querySelector('[data-session]')) {
        // To sign in, from where one comes back; or the meeting was closed elsewhere, and has no line any more.
        const comesBack = answer.redirected;
        if (sent && !isKept) {
          // What is confidential is nowhere but here.
          const why = comesBack ? `${SIGNED_OUT} en druk dan weer op Enter.` : 'De vergadering is intussen gesloten.';
          if (!(await parts.signedInAgain())) return say(`Niet opgeslagen. ${why}`, 'lost');
          delete form.dataset.busy;
          return swap(form, submitter);
        }
        if (isKept && !(comesBack && line.putBack(form, sent.body))) tell('line:refused');
        return location.assign(comesBack ? answer.url : location.pathname);
      }
      const problem = page.querySelector('.problem ul');
      for (const field of form.querySelectorAll('[data-draft]')) if (field.id !== line.ID) drafts.remove(field.id);
      if (isKept && problem && !line.putBack(form, sent.body)) tell('line:refused');
      if (sent && !isKept && !problem) line.empty(sent.text);
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
    if (wrong) wrong.focus();
    else if (form.dataset.then) then?.focus();
    else {
      const same = submitter?.value && part?.querySelector(`[name="${submitter.name}"][value="${submitter.value}"]`);
      const target = same || part?.querySelector('textarea, button, a');
      target?.focus();
    }
  }
})();

/* Replaces parts of the page of a meeting, but not during a press, and never with a page older than a response. */
(() => {
  'use strict';
  if (!window.minuteTaking) return;
  const { session } = window.minuteTaking;

  /* A press applies to what was on screen when it began. */
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

  /* The parts that change with what is written, such as what is still to be done before closing. */
  const ALSO = ['sluiten', 'onderdelen', 'acties-stand', 'afspraken'];
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
    // Requested before a response was put in place, so older than that.
    if (answers !== before) return refresh(ids);
    // Without a connection the list stays as it is.
    if (!page) return undefined;
    for (const id of ids) if (!document.getElementById(id)?.contains(document.activeElement)) put(page, id, true);
    return undefined;
  }
  async function fetchPage() {
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: 'text/html', 'Page-Beside': 'true' } });
      const page = answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html');
      // Of somebody else who has signed in on this device: their forms would save what is typed here in their name.
      return page && page.querySelector('[data-session]')?.dataset.user === session.dataset.user ? page : undefined;
    } catch {
      return undefined;
    }
  }

  /** After signing in again in another window, forms are sent with the token of that sign-in. False if nothing changed. */
  async function signedInAgain() {
    const page = await fetchPage();
    const token = page?.querySelector('[name="_csrf"]')?.value;
    const fields = [...document.querySelectorAll('[name="_csrf"]')];
    if (!token || fields.every(({ value }) => value === token)) return false;
    for (const field of fields) field.value = token;
    return true;
  }

  window.minuteTaking.parts = {
    ALSO,
    put,
    refresh,
    refreshSoon,
    fetchPage,
    signedInAgain,
    lifted: () => lifted,
    answered: () => (answers += 1),
  };
})();

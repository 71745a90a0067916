/* The steps of the meeting desk: one is in sight at a time. Without it every part stands below the other. */
(() => {
  'use strict';
  const desk = document.querySelector('[data-desk]');
  if (!desk) return;
  /* In minutes; a later end is of another day, or was forgotten. */
  const LONGEST_MEETING = 240;

  /* One step is in sight: the one in the address, else the first that is not done. */
  const main = desk.querySelector('.desk-main');
  let current = '';
  const stepOf = (id) => document.getElementById(id)?.closest('.desk-main > .step');
  function show(key) {
    current = key;
    if (key === 'sluiten') proposeEnd();
    for (const step of main.children) step.toggleAttribute('data-current', step.id === key);
    for (const link of desk.querySelectorAll('.step-link')) {
      if (link.hash === `#${key}`) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    }
    // As tabs in one line, the current one is brought into sight.
    const tab = desk.querySelector('.step-link[aria-current]');
    const strip = tab?.closest('ol');
    if (strip?.scrollWidth > strip?.clientWidth)
      strip.scrollLeft += tab.getBoundingClientRect().left - strip.getBoundingClientRect().left - strip.clientWidth / 4;
  }
  /* At the end of a meeting it proposes the time of now, also after midnight, unless something else was typed. */
  function proposeEnd() {
    const field = document.querySelector('#sluiten-heldUntil[data-since]');
    if (!field || (field.value && field.value !== field.dataset.proposed)) return;
    const [day, time] = new Date().toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).split(' ');
    const now = time.slice(0, 5);
    const lasted = (Date.parse(`${day}T${now}Z`) - Date.parse(`${field.dataset.since}Z`)) / 60_000;
    if (lasted > 0 && lasted <= LONGEST_MEETING) field.value = field.dataset.proposed = now;
  }
  /* A new action belongs to the item one is at, unless another was chosen. */
  const atItem = () => document.getElementById('actieregel-agendaItemId');
  let chosen = '';
  function chooseItem(value) {
    if (![...atItem().options].some((one) => one.value === value)) return;
    chosen = value;
    atItem().value = value;
  }
  atItem().addEventListener('change', () => (chosen = atItem().value));
  function follow() {
    const id = location.hash.slice(1);
    const step = id && stepOf(id);
    if (!step) return;
    arrive(step.id);
    const target = document.getElementById(id);
    (target === step ? step.querySelector('h2') : target).scrollIntoView({ block: 'nearest' });
    // Else a field: at the moment of the click it was out of sight, so that the browser did not.
    target.focus({ preventScroll: true });
  }
  function arrive(key) {
    show(key);
    chooseItem(/^punt-(.+)$/.exec(key)?.[1] ?? '');
  }
  const first = () => desk.querySelector('.step-link:not(.done)')?.hash.slice(1) ?? main.firstElementChild?.id ?? '';
  arrive((location.hash && stepOf(location.hash.slice(1))?.id) || desk.dataset.at || first());
  addEventListener('hashchange', follow);
  // Why something was refused is no longer true of what was filled in since.
  if (desk.dataset.at) desk.addEventListener('saved', () => document.querySelector('.problem')?.remove());
  desk.querySelector('[data-next]').addEventListener('click', () => {
    const links = [...desk.querySelectorAll('.step-link')];
    const next = links[links.findIndex((link) => link.matches('[aria-current]')) + 1];
    if (!next) return;
    // Unlike a press on the link this moves the focus at once, before the next key.
    history.pushState(null, '', next.hash);
    follow();
  });
  // What others wrote is put in the page as it is served: without what this script had done to it.
  document.addEventListener('live:changed', () => {
    show(current);
    chooseItem(chosen);
  });
  desk.addEventListener('click', (event) => {
    const link = event.target.closest?.('a');
    // A browser that follows a link to a step puts it at the top, and with that cuts the attendance in half.
    if (link?.matches('.step-link') && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      if (link.hash !== location.hash) history.pushState(null, '', link.hash);
      follow();
    }
    // The same address again is no change: the step is shown all the same.
    else if (link?.hash === location.hash) setTimeout(follow);
  });
  desk.addEventListener('desk:put', ({ detail }) => {
    if (detail === 'onderdelen' || stepOf(detail)) show(current);
  });
})();

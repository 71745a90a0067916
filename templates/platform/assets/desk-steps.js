/* The steps of the meeting desk: shows one at a time. Without this script all parts are shown below each other. */
(() => {
  'use strict';
  const desk = document.querySelector('[data-desk]');
  if (!desk) return;
  /* In minutes; a session that ends later was entered on another day, or its end was forgotten. */
  const LONGEST_MEETING = 240;

  /* The step shown is the one in the URL, else the first that is not done. */
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
    // Scrolls the current tab into view.
    const tab = desk.querySelector('.step-link[aria-current]');
    const strip = tab?.closest('ol');
    if (strip?.scrollWidth > strip?.clientWidth)
      strip.scrollLeft += tab.getBoundingClientRect().left - strip.getBoundingClientRect().left - strip.clientWidth / 4;
  }
  /* Proposes the current time as the end of the meeting, after midnight too, unless something else was typed. */
  function proposeEnd() {
    const field = document.querySelector('#sluiten-heldUntil[data-since]');
    if (!field || (field.value && field.value !== field.dataset.proposed)) return;
    const [day, time] = new Date().toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).split(' ');
    const now = time.slice(0, 5);
    const lasted = (Date.parse(`${day}T${now}Z`) - Date.parse(`${field.dataset.since}Z`)) / 60_000;
    if (lasted > 0 && lasted <= LONGEST_MEETING) field.value = field.dataset.proposed = now;
  }
  /* A new action belongs to the current item, unless another was chosen. */
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
    // Else a field, which was hidden at the moment of the click, so that the browser did not focus it.
    target.focus({ preventScroll: true });
  }
  function arrive(key) {
    show(key);
    chooseItem(/^punt-(.+)$/.exec(key)?.[1] ?? '');
  }
  const first = () => desk.querySelector('.step-link:not(.done)')?.hash.slice(1) ?? main.firstElementChild?.id ?? '';
  arrive((location.hash && stepOf(location.hash.slice(1))?.id) || desk.dataset.at || first());
  addEventListener('hashchange', follow);
  // A meeting starts with attendance: its keys work right away, and the notice above stays visible.
  function startAtAttendance() {
    const people = [...document.querySelectorAll('#aanwezig-lijst[open] [data-person]')];
    const unfilled = people.find((one) => !one.querySelector('input:checked'))?.querySelector('input[type="radio"]');
    if (!unfilled) return;
    scrollTo({ top: 0, behavior: 'instant' });
    // Not on a phone, where the keys are not shown either: the choices would cover the next person.
    if (document.getElementById('aanwezigheid-hulp')?.offsetParent) unfilled.focus({ preventScroll: true });
  }
  // Reopened before the first item is done, say from the start page, the desk resumes at the first person not filled in.
  const isFree = () => !location.hash && !desk.dataset.at && document.activeElement === document.body;
  const mayStart = () => location.hash === '#aanwezigheid' || (current === main.firstElementChild?.id && isFree());
  // Only after the browser has gone to the fragment, which takes the focus away: in the second frame after loading.
  const start = () => requestAnimationFrame(() => requestAnimationFrame(() => mayStart() && startAtAttendance()));
  addEventListener('load', start);
  // A reason for a refusal no longer applies to what was filled in since.
  if (desk.dataset.at) desk.addEventListener('saved', () => document.querySelector('.problem')?.remove());
  desk.querySelector('[data-next]').addEventListener('click', () => {
    const links = [...desk.querySelectorAll('.step-link')];
    const next = links[links.findIndex((link) => link.matches('[aria-current]')) + 1];
    if (!next) return;
    // Unlike a press on the link this moves the focus at once, before the next key.
    history.pushState(null, '', next.hash);
    follow();
  });
  // Parts merged from the server lack what this script did to them.
  document.addEventListener('live:changed', () => {
    show(current);
    chooseItem(chosen);
  });
  desk.addEventListener('click', (event) => {
    const link = event.target.closest?.('a');
    // Following the link would scroll the step to the top, and cut the attendance in half.
    if (link?.matches('.step-link') && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      if (link.hash !== location.hash) history.pushState(null, '', link.hash);
      follow();
    }
    // The same URL again causes no event, but the step is shown all the same.
    else if (link?.hash === location.hash) setTimeout(follow);
  });
  desk.addEventListener('desk:put', ({ detail }) => {
    if (detail === 'onderdelen' || stepOf(detail)) show(current);
  });
})();

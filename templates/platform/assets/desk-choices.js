/* Choices at the meeting desk by one press: attendance, and the outcome of an item. */
(() => {
  'use strict';
  const desk = document.querySelector('[data-desk]');
  if (!desk || !window.minuteTaking) return;
  const { pressed, lastAbout, undo } = window.minuteTaking.presses;

  const groupOf = ({ form, name }) => `${form?.dataset.keep ?? 'aanwezigheid'} ${name}`;
  const choicesOf = (group) => {
    const [keep, name] = group.split(' ');
    return [...desk.querySelectorAll(`form[data-keep="${CSS.escape(keep)}"] input[name="${CSS.escape(name)}"]`)];
  };
  const stands = new Map();
  let isPuttingBack = false;
  function putBack(group, value) {
    const choice = choicesOf(group).find((one) => one.value === value);
    stands.set(group, value);
    if (!choice) return clear([group.split(' ')[1]]);
    isPuttingBack = true;
    choose(choice);
    isPuttingBack = false;
    return choice.focus();
  }
  desk.addEventListener('input', ({ target }) => {
    if (target.type !== 'radio' || isPuttingBack) return;
    const group = groupOf(target);
    const stored = choicesOf(group).find((one) => one.defaultChecked)?.value ?? '';
    const before = stands.get(group) ?? stored;
    stands.set(group, target.value);
    pressed(group, () => putBack(group, before));
  });
  document.addEventListener('live:changed', () => stands.clear());
  /** Clears the attendance of these people. */
  function clear(names) {
    const list = everyone().querySelector('form');
    const button = document.createElement('button');
    Object.assign(button, { type: 'submit', name: 'wis', value: names.join(' '), hidden: true });
    list.append(button);
    list.requestSubmit(button);
  }
  const standOf = (name) => choicesOf(`aanwezigheid ${name}`).find((one) => one.checked)?.value ?? '';
  addEventListener(
    'submit',
    ({ target, submitter }) => {
      const { name, value } = submitter ?? {};
      if (target.dataset.busy) return;
      if (target.matches('.latecomers')) {
        const group = `aanwezigheid ${name}`;
        const before = standOf(name);
        pressed(group, () => putBack(group, before));
      } else if (name === 'rest' && value) {
        const names = new Set(
          [...everyone().querySelectorAll('[data-person] input[type="radio"]')].map((one) => one.name),
        );
        const unknown = [...names].filter((one) => !standOf(one));
        pressed('rest', () => clear(unknown));
      }
    },
    true,
  );
  desk.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (key.toLowerCase() !== 'u' || target.type !== 'radio' || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const group = groupOf(target);
    undo(() => lastAbout(group));
  });

  /* People: A, K or X, then on to the next; clicking a name marks that person present. */
  const everyone = () => document.getElementById('aanwezig-lijst');
  const choose = (choice) => {
    choice.checked = true;
    choice.dispatchEvent(new Event('input', { bubbles: true }));
  };
  desk.addEventListener('keydown', (event) => {
    const person = event.target.closest?.('[data-person]');
    if (!person || event.ctrlKey || event.altKey || event.metaKey) return;
    const choice = person.querySelector(`[data-key="${CSS.escape(event.key.toUpperCase())}"]`);
    if (!choice) return;
    event.preventDefault();
    choose(choice);
    const next = person.nextElementSibling;
    (next?.querySelector('input:checked') ?? next?.querySelector('input[type="radio"]') ?? choice).focus();
  });
  desk.addEventListener('click', ({ target }) => {
    const person = target.closest?.('[data-person] > legend')?.parentElement;
    if (!person) return;
    const chosen = person.querySelector('input:checked') ?? person.querySelector('[data-key="A"]');
    if (!chosen.checked) choose(chosen);
    chosen.focus();
  });
  const isComplete = () => 'complete' in (document.getElementById('aanwezig-stand')?.dataset ?? {});
  let wasComplete = isComplete();
  function foldAttendance() {
    const list = everyone();
    const isJustComplete = isComplete() && !wasComplete;
    wasComplete = isComplete();
    if (!list?.open || !isJustComplete) return;
    const wasInside = list.contains(document.activeElement);
    list.open = false;
    if (wasInside) list.querySelector('summary').focus();
  }
  document.addEventListener('live:changed', foldAttendance);
  desk.addEventListener('desk:put', ({ detail }) => {
    if (detail === 'aanwezig-stand') foldAttendance();
  });

  /* A latecomer: one press, then the focus returns. */
  let before = null;
  desk.addEventListener('focusout', ({ target }) => {
    if (!target.closest('#aanwezigheid')) before = target;
  });
  desk.addEventListener('desk:done', (event) => {
    const { form, submitter, isRefused } = event.detail;
    if (isRefused) return;
    if (submitter?.name === 'wis') {
      event.preventDefault();
      const person = document.getElementById(`wie-${submitter.value.split(' ')[0]}`);
      (person?.querySelector('input:checked') ?? person?.querySelector('input[type="radio"]') ?? before)?.focus();
    }
    if ('return' in form.dataset && before?.isConnected) {
      event.preventDefault();
      before.focus();
    }
  });
})();

/* Interprets the line of a new action while it is typed. Enter saves it as interpreted, or as corrected above it. */
(() => {
  'use strict';
  if (!window.minuteTaking) return;
  const { session, drafts } = window.minuteTaking;
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
      /* Without a connection it is interpreted when it is saved. */
    }
  }

  /* Who and when are corrected in the form above the line; a choice there outlasts the next interpretation. */
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

  session.addEventListener('input', ({ target }) => {
    if (target.id === LINE) readSoon(target);
  });

  /** The form above the line, if it belongs to this line. */
  function understood(form) {
    const panel = document.getElementById('actie-nieuw');
    return panel && panel.dataset.line === form.querySelector(`#${LINE}`)?.value ? panel : null;
  }

  const theLine = () => document.getElementById(LINE);
  /** Removes what was sent from the field; what was typed after it since is the next line. */
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

  /** Puts a refused line back as it was sent; false if the field already contains the next one. */
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

  window.minuteTaking.line = {
    ID: LINE,
    field: theLine,
    understood,
    stopReading: () => clearTimeout(reading),
    empty: emptyLine,
    putBack,
  };
})();

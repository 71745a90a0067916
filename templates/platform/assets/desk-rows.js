/* The actions of last time at the meeting desk: rows that open on focus, arrow keys, and a letter for each answer. */
(() => {
  'use strict';
  const desk = document.querySelector('[data-desk]');
  if (!desk || !window.minuteTaking) return;
  const main = desk.querySelector('.desk-main');
  const { pressed, takeBack, lastAbout, undoLast } = window.minuteTaking.presses;
  const store = {
    read: (key) => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write: (key, value) => {
      try {
        localStorage.setItem(key, value);
      } catch {
        /* No access to the store: kept only as long as the page. */
      }
    },
  };

  const rows = () => [...main.querySelectorAll('[data-current] [data-row] > summary')];
  /** Focuses a row, unfolding what it is in. */
  function goTo(row) {
    const fold = row?.closest('.more-rows');
    if (fold) fold.open = true;
    row?.focus();
  }
  /*
   * A row gets its form when it is opened or a letter is pressed on it, as the server would render it, from a blank one in the
   * page. If it is closed with nothing typed in it, the form is removed again.
   */
  const blank = document.getElementById('rij-formulier');
  const ways = new WeakMap();
  function formOf(row) {
    const known = row.querySelector('form.treat');
    if (known) return known;
    const place = row.querySelector('.row-ways');
    const form = document.importNode(blank.content.querySelector('form'), true);
    const words = {
      XID: row.id.replace('besproken-', ''),
      XNUMBER: row.querySelector('.number').textContent,
      XVERSION: place.dataset.version,
    };
    const filled = (text) => text.replace(/XID|XNUMBER|XVERSION/g, (name) => words[name]);
    for (const one of [form, ...form.querySelectorAll('*')]) {
      for (const attribute of one.attributes) attribute.value = filled(attribute.value);
      if (one.childElementCount === 0) one.textContent = filled(one.textContent);
    }
    if ('closed' in place.dataset)
      for (const one of form.querySelectorAll('[name="do"]:not([data-key="B"])')) one.remove();
    if (!row.matches('.treated')) form.querySelector('[data-key="U"]').remove();
    if ('confidential' in row.dataset) form.elements.note.removeAttribute('data-draft');
    form.elements.note.defaultValue = place.querySelector('.typed')?.textContent ?? '';
    form.querySelector('.treat-buttons').append(place.querySelector('[data-edit]').cloneNode(true));
    place.replaceWith(form);
    ways.set(form, place);
    form.dispatchEvent(new CustomEvent('desk:form', { bubbles: true }));
    return form;
  }
  function closeForm(row) {
    const form = row.querySelector('form.treat');
    const place = ways.get(form);
    if (!place || form.contains(document.activeElement) || form.dataset.busy || form.dataset.overtaken) return;
    const { note, dueOn, version } = form.elements;
    if (note.value !== note.defaultValue || dueOn.value || version.value !== place.dataset.version) return;
    place.toggleAttribute('data-closed', !form.querySelector('[data-key="G"]'));
    form.replaceWith(place);
  }
  main.addEventListener(
    'toggle',
    ({ target }) => {
      if (!target.matches('[data-row]')) return;
      if (target.open) formOf(target.parentElement);
      else closeForm(target.parentElement);
    },
    true,
  );
  function treat(id, letter) {
    const row = document.getElementById(id);
    const own = row && formOf(row);
    const button = own?.querySelector(`[data-key="${CSS.escape(letter)}"]`);
    if (button) own.requestSubmit(button);
  }
  const takeBackRow = (id) => treat(id, 'U');
  /* The last answer counts: another one for a row that awaits its response is sent after that. */
  const latest = new WeakMap();
  function treatLater(form, letter) {
    const isAnother = latest.get(form) !== letter;
    latest.set(form, letter);
    const { swap, busy } = form.dataset;
    if (busy && isAnother)
      void window.minuteTaking.saving.whenAnswered(() => latest.get(form) === letter && treat(swap, letter));
  }
  addEventListener(
    'submit',
    ({ target, submitter }) => {
      if (target.matches('.treat')) treatLater(target, submitter?.dataset.key);
    },
    true,
  );
  /* The focus was lost with the part that was replaced. */
  const isNowhere = () => document.activeElement === document.body;
  const lineOf = (id) => document.getElementById(id)?.querySelector('summary');
  function nextRow(id) {
    const all = rows();
    const at = all.indexOf(lineOf(id));
    const isTodo = (row) => !row.closest('.treated') && !row.parentElement.querySelector('.treat[data-busy]');
    return all.slice(at + 1).find(isTodo) ?? all.find(isTodo) ?? all[at];
  }
  desk.addEventListener('desk:done', (event) => {
    const { form, letter, row, isRefused } = event.detail;
    if (isRefused) return;
    const accepts = new URL(form.action).pathname.endsWith('/gereedgemeld');
    if (accepts)
      pressed('gereedgemeld', () => desk.querySelector('form[action$="/gereedgemeld/ongedaan"]')?.requestSubmit());
    if (row && !form.matches('.treat')) {
      // Corrected in place: the row shows what is agreed now, and U undoes it.
      event.preventDefault();
      pressed(row, () => takeBackRow(row));
      goTo(lineOf(row));
    }
    if (form.matches('.treat')) {
      event.preventDefault();
      const isUndone = letter === 'U';
      const { swap } = form.dataset;
      if (isUndone) takeBack(lastAbout(swap));
      else pressed(swap, () => takeBackRow(swap));
      // Leave the focus alone if the chair has already moved on.
      if (isNowhere()) goTo(isUndone ? lineOf(swap) : nextRow(swap));
    }
  });
  main.addEventListener('focusin', ({ target }) => {
    if (!target.matches('[data-row] > summary') || 'secret' in target.parentElement.dataset) return;
    if (target.matches(':focus-visible')) target.parentElement.open = true;
  });
  const areKeysOn = () => store.read('wijkagenda toetsen') !== 'uit';
  main.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const all = rows();
    if (target.matches('.step') && key === 'ArrowDown' && all.length > 0) {
      event.preventDefault();
      goTo(all[0]);
      return;
    }
    if (!target.matches('[data-row] > summary')) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) {
      event.preventDefault();
      goTo(all[all.indexOf(target) + step]);
      return;
    }
    if (!areKeysOn() || key.length !== 1 || event.repeat) return;
    const letter = key.toUpperCase();
    const row = target.closest('.action-row');
    const form = formOf(row);
    const button = form.querySelector(`[data-key="${CSS.escape(letter)}"]`);
    if (key === '?') document.getElementById('toetsen')?.showModal();
    else if (letter === 'N') document.getElementById('actieregel-line')?.focus();
    else if (letter === 'V' && button && !form.elements.dueOn.value) {
      target.parentElement.open = true;
      form.elements.dueOn.focus();
    } else if (button) {
      form.requestSubmit(button);
      // At once, so that the next letter is for the next action; a refusal moves the focus back.
      if (letter !== 'U') goTo(nextRow(row.id));
    } else if (letter === 'U') undoLast();
    else return;
    event.preventDefault();
  });
  main.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (!target.matches('form.treat input[type="date"]') || key !== 'Enter') return;
    event.preventDefault();
    target.form.requestSubmit(target.form.querySelector('[data-key="V"]'));
  });
  desk.addEventListener('click', ({ target }) => {
    if (target.closest?.('[data-keys]')) document.getElementById('toetsen').showModal();
  });
  const keySwitch = document.getElementById('toetsen-aan');
  if (keySwitch) {
    keySwitch.checked = areKeysOn();
    keySwitch.addEventListener('change', () => store.write('wijkagenda toetsen', keySwitch.checked ? 'aan' : 'uit'));
  }

  /* One key hides everything that is confidential. */
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    for (const secret of desk.querySelectorAll('[data-secret][open]')) secret.open = false;
  });
})();

/* What is asked for at the desk comes in its place, instead of the reader going to another page. */
(() => {
  'use strict';
  const desk = document.querySelector('[data-desk]');
  if (!desk) return;
  /* Of an action it is what is missing that is filled in, else its first field. */
  const focusOn = (panel) =>
    (
      panel.querySelector('select:has(option[value=""]:checked)') ??
      panel.querySelector('input:not([type="hidden"]), select')
    )?.focus();
  // Once the browser has gone to the hash, which takes the focus away.
  const panelToFill = location.hash === '#wie-en-wanneer' && document.getElementById('wie-en-wanneer');
  if (panelToFill) addEventListener('load', () => setTimeout(() => focusOn(panelToFill)));
  async function pageOf(link) {
    const answer = await fetch(link.href, { headers: { Accept: 'text/html', 'Page-Beside': 'true' } });
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  }

  /* What is only there when it is asked for comes in its place; `data-open` names it by its hash. */
  desk.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-open]');
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    void open(link);
  });
  async function open(link) {
    try {
      const page = await pageOf(link);
      const id = link.hash.slice(1);
      const part = page.getElementById(id);
      if (!part?.querySelector('form, input')) return location.assign(link.href);
      document.getElementById(id).replaceWith(document.adoptNode(part));
      part.querySelector('input:not([type="hidden"])').focus();
    } catch {
      location.assign(link.href);
    }
  }

  /* Correcting in place: the form comes to the row, instead of the reader going to the form. */
  desk.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-edit]');
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    void edit(link);
  });
  async function edit(link) {
    try {
      const page = await pageOf(link);
      const panel = page.getElementById('wie-en-wanneer');
      if (!panel) return location.assign(link.href);
      document.getElementById('wie-en-wanneer')?.remove();
      link.closest('li, .row-body').append(document.adoptNode(panel));
      focusOn(panel);
      panel.scrollIntoView({ block: 'nearest' });
    } catch {
      location.assign(link.href);
    }
  }
  desk.addEventListener('click', (event) => {
    if (!event.target.closest?.('[data-leave]')) return;
    event.preventDefault();
    const row = event.target.closest('li');
    document.getElementById('wie-en-wanneer')?.remove();
    (row?.querySelector('[data-edit]') ?? document.getElementById('actieregel-line')).focus();
  });
})();

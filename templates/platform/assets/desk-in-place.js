/* Loads forms of the desk into the page, instead of going to another one. */
(() => {
  'use strict';
  const desk = document.querySelector('[data-desk]');
  if (!desk) return;
  /* Focuses what is missing in an action, else its first field. */
  const focusOn = (panel) =>
    (
      panel.querySelector('select:has(option[value=""]:checked)') ??
      panel.querySelector('input:not([type="hidden"]), select')
    )?.focus();
  // After the browser has navigated to the hash, which removes the focus.
  const panelToFill = location.hash === '#wie-en-wanneer' && document.getElementById('wie-en-wanneer');
  if (panelToFill) addEventListener('load', () => setTimeout(() => focusOn(panelToFill)));
  async function pageOf(link) {
    const answer = await fetch(link.href, { headers: { Accept: 'text/html', 'Page-Beside': 'true' } });
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  }

  /* Loads a part that is only there on request; `data-open` is its hash. */
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

  /* Correcting in place: loads the form into the row. */
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

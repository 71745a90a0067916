/* What the scripts of the meeting share. Without them every form has its own button and does the same. */
(() => {
  'use strict';
  const session = document.querySelector('[data-session]');
  const status = document.querySelector('[data-saving]');
  if (!session || !status) return;
  const place = `wijkagenda ${session.dataset.user} ${location.pathname} `;
  document.documentElement.classList.add('scripted');

  /** The status in the corner: saved, busy or disconnected. */
  function say(words, state = 'saved') {
    status.hidden = false;
    status.dataset.state = state;
    if (status.textContent !== words) status.textContent = words;
  }

  const SIGNED_OUT = 'U bent niet meer aangemeld. Meld u aan in een ander venster';
  const DENIED =
    'U schrijft niet meer in deze vergadering. Geef wat niet is opgeslagen door aan de voorzitter voordat u dit venster sluit.';

  /* Drafts: unsaved text stays on this device, even after the page is closed. */
  const drafts = {
    read: (key) => JSON.parse(localStorage.getItem(place + key) ?? 'null'),
    write(key, value) {
      try {
        localStorage.setItem(place + key, JSON.stringify(value));
      } catch {
        /* A full or forbidden store: the text is still on the screen. */
      }
    },
    remove: (key) => localStorage.removeItem(place + key),
  };

  /** Confidential text is never kept in the browser. */
  const isConfidential = (element) =>
    element.closest('[data-confidential]') !== null ||
    (element.form ?? element).querySelector?.('option[data-confidential]:checked') != null;

  window.minuteTaking = { session, status, say, SIGNED_OUT, DENIED, drafts, isConfidential };

  /* Alt with the letter shown beside a button or field works in every browser, whatever it does with access keys. */
  addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !event.code.startsWith('Key')) return;
    const target = session.querySelector(`[accesskey="${CSS.escape(event.code.slice(3).toLowerCase())}"]`);
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (target.matches('button')) target.click();
  });
})();

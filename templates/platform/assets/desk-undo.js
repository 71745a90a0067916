/* Undoes what was pressed at the meeting desk, the last press first. */
(() => {
  'use strict';
  const desk = document.querySelector('[data-desk]');
  if (!desk || !window.minuteTaking) return;
  /* The last press is undone first, wherever the focus is. `about`: the row or choice it changed. */
  const presses = [];
  const undoButton = desk.querySelector('[data-undo]');
  function pressed(about, undo) {
    presses.push({ about, undo });
    undoButton.hidden = false;
  }
  function takeBack(at) {
    const [press] = at < 0 ? [] : presses.splice(at, 1);
    undoButton.hidden = presses.length === 0;
    return press;
  }
  const lastAbout = (about) => presses.findLastIndex((one) => one.about === about);
  // Waits for pending responses: only then is it known what there is to undo, and in which version.
  const undo = (at) => void window.minuteTaking.saving.whenAnswered(() => takeBack(at())?.undo());
  const undoLast = () => undo(() => presses.length - 1);
  undoButton.addEventListener('click', undoLast);

  window.minuteTaking.presses = { pressed, takeBack, lastAbout, undo, undoLast };
})();

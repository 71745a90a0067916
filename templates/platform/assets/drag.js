/* The order of the agenda by dragging; the arrows beside each item, and the keyboard, do the same. */
(() => {
  'use strict';
  const ITEM = 'ol.items > li.item';
  const movable = (item) => item?.querySelector(':scope > form.order');
  let dragged = null;
  let mark = null;

  function unmark() {
    mark?.classList.remove('drop-before', 'drop-after');
    mark = null;
  }
  // Only the head of an item can be dragged, so that text in its fields can be selected as usual.
  // Again at the press: a merge may have put the head as served under a resting pointer.
  for (const name of ['pointerover', 'pointerdown'])
    document.addEventListener(name, ({ target }) => {
      const head = target.closest?.('.item-head');
      if (head && movable(head.closest(ITEM))) head.draggable = !target.closest('button, a, input, select');
    });
  document.addEventListener('dragstart', (event) => {
    if (!event.target.matches?.('.item-head')) return;
    dragged = event.target.closest(ITEM);
    dragged.classList.add('dragged');
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
  });
  document.addEventListener('dragover', (event) => {
    const over = dragged && event.target.closest?.(ITEM);
    if (!over || !movable(over) || over.parentElement !== dragged.parentElement) return;
    event.preventDefault();
    const { top, height } = over.getBoundingClientRect();
    unmark();
    if (over === dragged) return;
    mark = over;
    if (event.clientY < top + height / 2) over.classList.add('drop-before');
    else over.classList.add('drop-after');
  });
  document.addEventListener('drop', (event) => {
    if (!dragged || !mark) return;
    event.preventDefault();
    const others = [...dragged.parentElement.children].filter((one) => one !== dragged && movable(one));
    const before = others.indexOf(mark) + (mark.classList.contains('drop-after') ? 1 : 0);
    const was = [...dragged.parentElement.children].filter(movable).indexOf(dragged);
    if (before !== was) moveTo(movable(dragged), before + 1);
  });
  document.addEventListener('dragend', () => {
    dragged?.classList.remove('dragged');
    unmark();
    dragged = null;
  });

  /** Like a press on an arrow, but to any position. */
  function moveTo(form, position) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'submit', name: 'position', value: position, hidden: true });
    form.append(button);
    form.requestSubmit(button);
    button.remove();
  }
})();

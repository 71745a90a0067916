/* Somebody else was first: both texts stay in sight, and nothing is saved until the reader chose. */
(() => {
  'use strict';
  const LABELS = { decision: 'Besluit: ' };
  const both = (mine, other) => (!mine || mine === other ? other : !other ? mine : `${other}\n${mine}`);

  /**
   * Shows the texts of somebody else, by name of the field, above the form; `theirs.version` is what they are part of.
   * `chosen` is called once the fields have what is to be kept. Until then the form has `data-overtaken`.
   */
  window.bothTexts = (form, theirs, chosen) => {
    form.dataset.overtaken = 'true';
    form.querySelector('.theirs')?.remove();
    const names = Object.keys(theirs).filter((name) => form.elements[name]?.localName === 'textarea');
    const box = document.createElement('div');
    box.className = 'utrecht-alert utrecht-alert--warning warning theirs';
    box.setAttribute('role', 'alert');
    const line = (text, className) => {
      const element = document.createElement('p');
      element.className = className;
      element.textContent = text;
      box.append(element);
    };
    line('Iemand anders schreef hier intussen:', '');
    for (const name of names) if (theirs[name]) line(`${LABELS[name] ?? ''}${theirs[name]}`, 'typed');
    const choices = document.createElement('p');
    choices.className = 'buttons';
    const choose = (label, take) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'utrecht-button utrecht-button--secondary-action';
      button.textContent = label;
      button.addEventListener('click', () => {
        take();
        form.elements.version.value = theirs.version;
        delete form.dataset.overtaken;
        box.remove();
        form.elements[names[0]]?.focus();
        chosen();
      });
      choices.append(button);
    };
    choose('Allebei', () => {
      for (const name of names) form.elements[name].value = both(form.elements[name].value, theirs[name]);
    });
    choose('Alleen de mijne', () => {});
    choose('Alleen die van de ander', () => {
      for (const [name, value] of Object.entries(theirs)) if (form.elements[name]) form.elements[name].value = value;
    });
    box.append(choices);
    form.prepend(box);
  };
})();

/* Somebody else saved first: shows both texts, and saves nothing until the user has chosen. */
(() => {
  'use strict';
  const LABELS = { decision: 'Besluit: ' };
  const both = (mine, other) => (!mine || mine === other ? other : !other ? mine : `${other}\n${mine}`);

  /**
   * Shows the other person's texts, by field name, above the form; `theirs.version` is their version. Calls `chosen` once the
   * fields contain what is to be kept. Until then the form has `data-overtaken`.
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

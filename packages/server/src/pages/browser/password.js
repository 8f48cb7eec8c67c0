// @ts-check
// Shows and hides what is typed, and tells when Caps Lock is on. Never touches the value: managers and paste work.

/** @param {HTMLElement} box */
function prepare(box) {
  const input = /** @type {HTMLInputElement} */ (box.querySelector('input'));
  const button = /** @type {HTMLButtonElement} */ (box.querySelector('[data-reveal]'));
  const caps = /** @type {HTMLElement} */ (box.querySelector('[data-caps]'));
  const said = /** @type {HTMLElement} */ (box.querySelector('[data-said]'));
  const show = button.textContent ?? '';

  /** @param {boolean} visible */
  function reveal(visible) {
    input.type = visible ? 'text' : 'password';
    button.textContent = visible ? (button.dataset.hide ?? show) : show;
  }

  button.hidden = false;
  button.addEventListener('click', () => {
    const visible = input.type === 'password';
    reveal(visible);
    said.textContent = (visible ? button.dataset.shown : button.dataset.hidden) ?? '';
    input.focus();
  });
  // A manager saves what was in a password field, and a visible password must not stay in the history of the form.
  input.form?.addEventListener('submit', () => reveal(false));

  /** @param {KeyboardEvent} event */
  const look = (event) => {
    const text = event.getModifierState?.('CapsLock') ? (caps.dataset.text ?? '') : '';
    if (caps.textContent !== text) caps.textContent = text;
  };
  input.addEventListener('keydown', look);
  input.addEventListener('keyup', look);
  input.addEventListener('blur', () => (caps.textContent = ''));
}

for (const box of document.querySelectorAll('[data-password]')) if (box instanceof HTMLElement) prepare(box);

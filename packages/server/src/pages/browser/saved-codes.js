// @ts-check
// Recovery codes: download, print or copy them; one of the three opens the way on. Without this script a tick does.

const box = document.querySelector('[data-codes]');
const form = document.querySelector('form[data-first]');
if (box instanceof HTMLElement && form instanceof HTMLFormElement) prepare(box, form);

/** @param {string} text @param {string} name */
function download(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** @param {HTMLElement} codes @param {HTMLFormElement} onward */
function prepare(codes, onward) {
  const { text = '', file = 'recovery-codes.txt' } = codes.dataset;
  const part = (/** @type {ParentNode} */ of, /** @type {string} */ name) =>
    /** @type {HTMLElement} */ (of.querySelector(`[data-${name}]`));
  const status = part(codes, 'status');
  const error = part(onward, 'error');
  const acts = {
    download: async () => download(text, file),
    print: async () => window.print(),
    copy: () => navigator.clipboard.writeText(text),
  };
  let saved = false;

  part(codes, 'save').hidden = false;
  part(onward, 'tick').remove();
  for (const button of codes.querySelectorAll('button[data-act]')) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const act = /** @type {keyof typeof acts} */ (button.dataset.act);
    if (act === 'copy' && !navigator.clipboard) button.hidden = true;
    const save = async () => {
      try {
        await acts[act]();
        saved = true;
        error.textContent = '';
        status.textContent = button.dataset.done ?? '';
      } catch {
        status.textContent = button.dataset.failed ?? '';
      }
    };
    button.addEventListener('click', () => void save());
  }
  onward.addEventListener('submit', (event) => {
    if (saved) return;
    event.preventDefault();
    error.textContent = onward.dataset.first ?? '';
  });
}

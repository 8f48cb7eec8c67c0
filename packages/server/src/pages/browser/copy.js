// @ts-check
// Buttons that copy the text in their `data-copy`; shown only where the browser lets a page do that.

for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
  const status = button.parentElement?.querySelector('[data-copied]');
  button.hidden = false;
  const copyNow = async () => {
    const { copy = '', done = '', failed = '' } = button.dataset;
    const text = await navigator.clipboard.writeText(copy).then(
      () => done,
      () => failed,
    );
    if (status) status.textContent = text;
  };
  button.addEventListener('click', () => void copyNow());
}

// @ts-check
// Passkeys and security keys: fills the form `[data-ceremony]` with the answer of the authenticator and sends it.
// Nothing opens by itself: a dialog starts on a tap. Autofill only offers passkeys in the list under the name.
import { creationOptions, credentialText, requestOptions } from './webauthn-json.js';

/** How long a dialog may take to show before the page asks whether nothing happened. */
const PATIENCE_MS = 5_000;

/** @param {HTMLFormElement} form */
function prepare(form) {
  const { options: optionsText, ceremony: kind } = form.dataset;
  const options = JSON.parse(optionsText ?? 'null');
  /** @type {Record<string, string>} */
  const sentences = JSON.parse(form.dataset.sentences ?? '{}');
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`));
  const [start, error, status, nothing] = [part('start'), part('error'), part('status'), part('nothing')];
  /** @type {AbortController | null} */
  let running = null;

  /** @param {unknown} fault */
  function explain(fault) {
    const name = fault instanceof Error ? fault.name : 'other';
    status.textContent = '';
    nothing.hidden = true;
    error.textContent = sentences[name] ?? sentences.other ?? name;
  }

  /** @param {Credential | null} credential */
  function send(credential) {
    if (!(credential instanceof PublicKeyCredential)) return explain(null);
    const field = (/** @type {string} */ name) =>
      /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    field('challenge').value = options.challenge;
    field('response').value = credentialText(credential);
    form.submit();
  }

  /** Ends the attempt that runs, so that only one does: browsers refuse a second. */
  function begin() {
    running?.abort();
    running = new AbortController();
    return running;
  }

  async function ask() {
    const { signal } = begin();
    error.textContent = '';
    nothing.hidden = true;
    status.textContent = form.dataset.waiting ?? '';
    const patience = setTimeout(() => (nothing.hidden = false), PATIENCE_MS);
    try {
      const credential =
        kind === 'create'
          ? await navigator.credentials.create({ publicKey: creationOptions(options), signal })
          : await navigator.credentials.get({ publicKey: requestOptions(options), signal });
      send(credential);
    } catch (fault) {
      if (!signal.aborted) explain(fault);
    } finally {
      clearTimeout(patience);
    }
  }

  async function offerInAutofill() {
    if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const { signal } = begin();
    try {
      send(
        await navigator.credentials.get({
          publicKey: requestOptions(options),
          mediation: 'conditional',
          signal,
        }),
      );
    } catch {
      // Declined, aborted or unable: the button is there, and the person asked for nothing yet.
    }
  }

  if (typeof PublicKeyCredential === 'undefined' || !navigator.credentials) {
    if (form.dataset.autofill === 'no') error.textContent = sentences.NotSupportedError ?? '';
    return;
  }
  start.hidden = false;
  for (const divider of document.querySelectorAll('[data-with-passkey]')) {
    if (divider instanceof HTMLElement) divider.hidden = false;
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask();
  });
  if (form.dataset.autofill === 'yes') void offerInAutofill();
}

for (const form of document.querySelectorAll('form[data-ceremony]')) {
  if (form instanceof HTMLFormElement) prepare(form);
}

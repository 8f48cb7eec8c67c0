/** How long an app may take to answer; it is told again later if it does not. */
const TIMEOUT_MS = 5_000;

/**
 * Posts a form to an address that an administrator registered and answers with the status. Follows no redirect, so the
 * registered address is the only one reached, and reads nothing of the answer.
 */
export async function postForm(url: string, form: Readonly<Record<string, string>>): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  return response.status;
}

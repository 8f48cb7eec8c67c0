import bowser from 'bowser';

/** "Firefox on Windows": a browser's own word for itself, short enough for a list. Nothing is decided by it. */
export function describeAgent(agent: string): string {
  if (agent === '') return 'unknown';
  const { browser, os } = bowser.parse(agent);
  const names = [browser.name, os.name].filter((name) => name !== undefined && name !== '');
  return names.length === 0 ? agent.slice(0, 60) : names.join(' · ');
}

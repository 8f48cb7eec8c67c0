const fastShutdownMs = 30_000; // rolls back, writes a checkpoint of at most 32 MB of buffers, ends
const immediateShutdownMs = 10_000; // PostgreSQL itself kills its children after 5 s

/**
 * Fast shutdown (SIGINT), then, when that does not end in time, immediate shutdown (SIGQUIT: nothing committed is lost,
 * the next start recovers). Never SIGKILL: that would leave shared memory and children behind.
 */
export const stopPostmaster = async (
  send: (signal: 'SIGINT' | 'SIGQUIT') => void,
  goneWithin: (ms: number) => Promise<boolean>,
): Promise<'clean' | 'immediate' | 'alive'> => {
  send('SIGINT');
  if (await goneWithin(fastShutdownMs)) return 'clean';
  send('SIGQUIT');
  return (await goneWithin(immediateShutdownMs)) ? 'immediate' : 'alive';
};

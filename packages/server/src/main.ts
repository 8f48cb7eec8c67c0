import { parseArgs } from 'node:util';
import { createLogger } from './adapters/log/create-logger.ts';
import { startNode } from './compose/start-node.ts';
import { loadSettings, SettingsFault } from './config/load-settings.ts';

const { values } = parseArgs({ options: { config: { type: 'string' } } });

try {
  const settings = await loadSettings(values.config ?? null);
  const log = createLogger(settings.log);
  const node = await startNode({ settings, log, clock: Date.now });
  process.stdout.write(`\nCountersign is ready: ${node.origin}\n`);
  if (node.setupLink !== null) {
    process.stdout.write(
      process.stdout.isTTY
        ? `No administrator exists yet. Open this link once to set it up:\n\n  ${node.setupLink}\n\n`
        : 'No administrator exists yet. The set-up link is in setup-link.txt in the data folder.\n',
    );
  }
  let stopping = false;
  const stop = (): void => {
    // Ctrl-C may arrive twice, from the terminal and from the start script; the second means nothing new.
    if (stopping) return;
    stopping = true;
    log.info('stopping');
    node.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop was not clean');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
} catch (error) {
  const text = error instanceof SettingsFault || error instanceof Error ? error.message : String(error);
  process.stderr.write(`Countersign did not start: ${text}\n`);
  process.exitCode = 1;
}

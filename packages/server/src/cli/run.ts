import { Command, CommanderError } from 'commander';
import { SettingsFault } from '../config/load-settings.ts';
import { appCommands } from './app-commands.ts';
import { auditCommands } from './audit-commands.ts';
import { Ending, EXIT, type ExitCode } from './ending.ts';
import { factorSessionCommands } from './factor-session-commands.ts';
import { personCommands } from './person-commands.ts';
import { systemCommands } from './system-commands.ts';

/** Runs one command line (without node and script) and says how it ended. Never throws for what a person can get wrong. */
export async function run(words: readonly string[]): Promise<ExitCode> {
  const program = new Command('countersign')
    .description(
      'The operator’s command: a noun, then a verb. It talks to the node of this machine over its local socket.',
    )
    .exitOverride()
    .showSuggestionAfterError();
  personCommands(program);
  factorSessionCommands(program);
  appCommands(program);
  auditCommands(program);
  systemCommands(program);
  try {
    await program.parseAsync([...words], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): ExitCode {
  // commander has printed what it has to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof Ending) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof SettingsFault) {
    process.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }
  process.stderr.write(
    `Something failed that should not: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  return EXIT.finding;
}

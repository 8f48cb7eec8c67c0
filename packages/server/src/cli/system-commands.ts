import {
  FIDO_METADATA_TYPE,
  type FidoMetadataAnswer,
  type StatusAnswer,
} from '@countersign/contract/api/system';
import type { LinkAnswer } from '@countersign/contract/api/people';
import type { Command } from 'commander';
import pack from '../../package.json' with { type: 'json' };
import { loadSettings, SettingsFault } from '../config/load-settings.ts';
import { Ending, EXIT } from './ending.ts';
import { leaf } from './leaf.ts';
import { readInput } from './read-input.ts';

export function systemCommands(program: Command): void {
  leaf(program, {
    usage: 'status',
    text: 'how the node and its store stand',
    run: async ({ api, show }) => {
      const status = await api.get<StatusAnswer>('/system/status');
      show(
        status,
        [
          ['WHAT', ([what]: readonly [string, string]) => what],
          ['VALUE', ([, value]) => value],
        ],
        factsOf(status),
      );
    },
  });

  leaf(program, {
    usage: 'version',
    text: 'the version of this command',
    run: async ({ options, out }) =>
      options.flag('json') ? out.json({ version: pack.version }) : out.line(pack.version),
  });

  const config = program.command('config').description('settings');
  leaf(config, {
    usage: 'validate [file]',
    text: 'whether a node would start with these settings; says everything that is wrong',
    run: async ({ args, options, out }) => {
      const [file = options.text('config') ?? null] = args;
      await loadSettings(file).catch((error: unknown) => {
        if (!(error instanceof SettingsFault)) throw error;
        if (options.flag('json')) out.json({ usable: false, faults: error.faults });
        throw new Ending(EXIT.finding, error.message);
      });
      if (options.flag('json')) out.json({ usable: true, faults: [] });
      else out.line('The settings are usable.');
    },
  });

  const fido = program.command('fido-metadata').description('what makers say of their security keys');
  leaf(fido, {
    usage: 'load <file>',
    text: 'take a newer file of the FIDO Alliance into use (https://mds3.fidoalliance.org)',
    writes: true,
    run: async ({ api, args, out, told }) => {
      const text = await readInput(args[0] ?? '-');
      out.note('Checking the signature…');
      told<FidoMetadataAnswer>(
        await api.send('PUT', '/fido-metadata', { type: FIDO_METADATA_TYPE, text }),
        ({ number, models, nextUpdate }) => [
          `Number ${number} is in use: ${models} models. A newer one is due by ${nextUpdate}.`,
        ],
      );
    },
  });

  const recovery = program.command('recovery').description('ways back in');
  leaf(recovery, {
    usage: 'admin-link <login>',
    text: 'bring an administrator back; every owner is told',
    writes: true,
    run: async ({ api, args, out, told }) => {
      told<LinkAnswer>(
        await api.send('POST', '/recovery/admin-link', { login: args[0] ?? '' }),
        ({ url, expiresAt }) => {
          out.note('Every owner is told by mail, and the log keeps it.');
          return [url, `Works once, until ${expiresAt}. It is not shown again.`];
        },
      );
    },
  });
}

const factsOf = (status: StatusAnswer): readonly (readonly [string, string])[] => [
  ['version', status.version],
  ['organisation', status.organisation],
  ['address', status.origin],
  [
    'people',
    `${status.people.active} active, ${status.people.invited} invited, ${status.people.disabled} disabled`,
  ],
  ['sessions', String(status.sessions)],
  ['apps', String(status.apps)],
  [
    'audit log',
    `${status.audit.size} entries, ${status.audit.waiting} waiting, last checkpoint ${status.audit.checkpointAt ?? 'none'}`,
  ],
  [
    'fido metadata',
    status.fidoMetadata === null
      ? 'none'
      : `number ${status.fidoMetadata.number}, loaded ${status.fidoMetadata.loadedAt}`,
  ],
];

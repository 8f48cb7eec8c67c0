/**
 * What must hold is given on the command line at every start, where no file and no ALTER SYSTEM can change it.
 * What is only tuning is written into postgresql.conf once, and is the operator's from then on.
 */
export const heldSettings = (input: {
  readonly socket: string;
  readonly name: string;
}): Readonly<Record<string, string>> => ({
  listen_addresses: '', // never TCP
  unix_socket_directories: `"${input.socket.replaceAll('"', '""')}"`, // quoted: it is a comma-separated list
  unix_socket_permissions: '0700',
  port: '5432',
  cluster_name: input.name, // how find-processes.ts knows our own
  fsync: 'on', // a consumed code must not come back after a power cut
  synchronous_commit: 'on',
  full_page_writes: 'on',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off', // stderr is our file
  log_destination: 'stderr',
  log_min_messages: 'error',
  log_min_error_statement: 'panic', // statements and key values are personal data: not into a log file
  log_error_verbosity: 'terse',
});

/** Small: one node, some 26 MiB idle. */
export const tunedSettings = (major: number): Readonly<Record<string, string>> => ({
  shared_buffers: '32MB',
  max_connections: '64', // a node's pool is far below; each costs little until used
  max_worker_processes: '4',
  max_logical_replication_workers: '0', // spares the launcher process
  max_wal_senders: '0', // no replicas: several nodes mean a PostgreSQL server
  wal_level: 'replica', // so that archiving can be switched on
  max_wal_size: '256MB', // bounds the disk and the recovery after a crash
  min_wal_size: '32MB',
  autovacuum_max_workers: '2',
  huge_pages: 'off',
  jit: 'off', // our statements are short
  log_checkpoints: 'off',
  ...(major >= 18 ? { io_method: 'sync' } : {}), // spares three io worker processes
});

export const toArguments = (settings: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);

export const toFileLines = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([key, value]) => `${key} = '${value}'\n`)
    .join('');

/** What this room needs of a logger; pino fits. */
export type PostgresLog = {
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly error: (text: string) => void;
};

/** Codes are stable: `doctor`, the docs and tests name them. */
export type PostgresFaultCode =
  | 'postgres.unsupported_system'
  | 'postgres.folder_in_use'
  | 'postgres.folder_unusable'
  | 'postgres.moved_away'
  | 'postgres.no_programs'
  | 'postgres.wrong_version'
  | 'postgres.no_unprivileged_user'
  | 'postgres.no_password'
  | 'postgres.init_failed'
  | 'postgres.start_failed'
  | 'postgres.stop_failed';

export type PostgresFault = Error & { readonly code: PostgresFaultCode };

/** The text is for the operator: what was found, then what to do. It never holds a password. */
export const postgresFault = (code: PostgresFaultCode, text: string, cause?: unknown): PostgresFault =>
  Object.assign(new Error(text, cause === undefined ? {} : { cause }), { code });

/** The `code` of a Node or PostgreSQL error, or an empty text. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Who is at the other end, as far as the server itself can tell. */
export interface Visitor {
  /** The address of the connection, or of the client that a trusted proxy vouches for. */
  readonly address: string;
  /** The browser's own description, cut to a bounded length. */
  readonly agent: string;
  /** The secret of the known-browser cookie, if one came. */
  readonly browser: string | null;
  readonly requestId: string;
}

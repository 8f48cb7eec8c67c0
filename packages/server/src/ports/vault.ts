/** What needs the key outside the store: opening seeds, and keyed hashes of values that must not be stored. */
export interface Vault {
  openTotpSeed(factorId: string, sealed: Uint8Array): Uint8Array;
  openPendingSecret(pendingId: string, sealed: Uint8Array): Uint8Array;
  /** The subject under which guesses at a name nobody has are counted. */
  strangerSubject(name: string): string;
  /** The key of the shortened password tags of spray detection. */
  readonly sprayKey: Uint8Array;
}

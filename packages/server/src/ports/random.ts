/** Randomness as an argument: the system's in production, a seeded one in tests of the desk. */
export interface Random {
  uuid(): string;
  bytes(length: number): Uint8Array;
  /** 256 random bits in base64url: a cookie, a link, a token. */
  secret(): string;
}

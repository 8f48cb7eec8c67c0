/** The deployment as people see it. Fixed at set-up; never taken from a request (I-40). */
export interface Site {
  /** The public origin as people type it, without a trailing slash. */
  readonly origin: string;
  /** The WebAuthn relying party id: the host of the origin. */
  readonly rpId: string;
  readonly host: string;
  readonly organisation: string;
}

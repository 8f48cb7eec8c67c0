/** Milliseconds since 1970-01-01T00:00:00Z. The domain is given the time; it never asks for it. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

export const seconds = (n: number): Duration => n * 1_000;
export const minutes = (n: number): Duration => n * 60_000;
export const hours = (n: number): Duration => n * 3_600_000;
export const days = (n: number): Duration => n * 86_400_000;

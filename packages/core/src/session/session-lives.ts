import { hours, minutes } from '../kernel/time.ts';

/** Absolute and idle lives of a session (design.md §10.13); shorter for those who can change what others may do. */
export const SESSION_LIVES = {
  ordinary: { absolute: hours(12), idle: minutes(30) },
  privileged: { absolute: hours(8), idle: minutes(15) },
} as const;

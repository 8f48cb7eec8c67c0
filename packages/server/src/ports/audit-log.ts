import type { EventClass } from '@countersign/core/audit/event-type';
import type { AccountId } from '@countersign/core/kernel/id';
import type { Duration, Instant } from '@countersign/core/kernel/time';

/** What one call numbered. `led_elsewhere`: another node is at it this moment, and nothing was done here. */
export type Numbering =
  | { readonly kind: 'numbered'; readonly count: number; readonly more: boolean }
  | { readonly kind: 'led_elsewhere' };

export type Checkpointing =
  | { readonly kind: 'signed'; readonly origin: string; readonly size: number; readonly at: Instant }
  /** The last checkpoint, made at `at`, is younger than was asked for. */
  | { readonly kind: 'not_due'; readonly at: Instant }
  | { readonly kind: 'nothing_new' };

/**
 * The log went on under a new origin. `store_behind`: a witness has seen more than the store holds, so an older copy
 * was restored; `inconsistent`: what the store holds does not go on from what was signed; `asked`: a restore said so.
 */
export interface OriginOpened {
  readonly cause: 'store_behind' | 'inconsistent' | 'asked';
  readonly origin: string;
  readonly previous: { readonly origin: string; readonly size: number };
  /** The last checkpoint that is known of, wherever from. */
  readonly known: { readonly origin: string; readonly size: number } | null;
}

/** How long the personal part of each class is kept; null keeps it. The entries themselves are kept for ever. */
export type RetentionLimits = Readonly<Record<EventClass, Duration | null>>;
export type RemovedParts = Readonly<Record<EventClass, number>>;

export interface ExportOptions {
  /** Whether the reader may see what names people. Withheld parts read like erased ones, and still verify. */
  readonly personal: 'shown' | 'withheld';
}

export interface AuditLog {
  /**
   * Gives committed events their place in the log, in the order of their transactions. No event can appear later that
   * belongs before one that has a place. Takes a bounded number; `more` says that it should be called again.
   */
  numberEvents(now: Instant): Promise<Numbering>;
  /** Signs what is numbered and tells the witness, unless the last checkpoint is younger than `every`. */
  signCheckpoint(now: Instant, every?: Duration): Promise<Checkpointing>;
  /** For the restore command: nothing more is ever signed under the origin of the restored log. */
  openNewOrigin(now: Instant): Promise<OriginOpened>;
  /** All logs as they stand now, as lines without line breaks. Signs first, so that nothing numbered is uncovered. */
  exportLog(now: Instant, options: ExportOptions): AsyncIterable<string>;
  /**
   * The events that happened to a person or were done by them, each with the proof that it is in the log. What names
   * another (an administrator who acted on them) is withheld. Events that no checkpoint covers are not in it.
   */
  exportExcerpt(person: AccountId, now: Instant, options: ExportOptions): AsyncIterable<string>;
  /** Removes what names the person from their events; the number of events that lost something. */
  erasePerson(person: AccountId, now: Instant): Promise<number>;
  /** Removes what is older than its class may be kept, and records how much. */
  retain(limits: RetentionLimits, now: Instant): Promise<RemovedParts>;
}

/** Where checkpoints are handed to, outside the store: what it has seen cannot be taken back by changing the store. */
export interface CheckpointWitness {
  /** The latest notes it was given, newest last. Nothing is verified. */
  recent(): Promise<readonly string[]>;
  /** Durable on return. */
  publish(note: string): Promise<void>;
}

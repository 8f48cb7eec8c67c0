/** Where something is wrong, as exactly as it can be told. */
export interface BreakFacts {
  readonly origin: string | null;
  /** Line of the export, from 1; the number of lines read when something is missing at the end. */
  readonly line: number;
  /** The first entry that may be bad; the bad one itself when `through` is the same. Null when no entry is to blame. */
  readonly index: number | null;
  readonly through: number | null;
  /** The entry that was found in place of `index`. */
  readonly found: number | null;
}

const entries = ({ index, through }: BreakFacts): string => {
  if (index === null) return 'No entry';
  return index === through || through === null
    ? `Entry ${index}`
    : `At least one of the entries ${index} to ${through}`;
};

type Sentence = (facts: BreakFacts) => string;

/** Every way in which an export can be broken, and the sentence that says so. */
export const BREAK_SENTENCES = {
  line_unreadable: (f) => `Line ${f.line} is not, byte for byte, a line of an audit export.`,
  line_too_long: (f) => `Line ${f.line} is longer than any line of an audit export.`,
  format_unknown: (f) => `Line ${f.line} names an export format that this program does not know.`,
  header_missing: (f) => `Line ${f.line} should begin a log, and does not.`,
  not_in_sequence: (f) => `Line ${f.line} stands where a line of its kind cannot stand.`,
  key_malformed: (f) =>
    `A key for ${f.origin ?? 'the log'} is not a verifier key, or not one of this origin.`,
  key_untrusted: (f) => `None of the keys in the export of ${f.origin} is one that you trust.`,
  entry_edited: (f) => `${entries(f)} was edited: it no longer gives the hash that was stored with it.`,
  entry_missing: (f) => `${entries(f)} is missing or out of order: entry ${f.found} stands in its place.`,
  entry_out_of_order: (f) => `${entries(f)} was expected, and entry ${f.found} stands here instead.`,
  entry_moved: (f) =>
    `${entries(f)} was replaced, moved or taken out: the tree stored beside it does not fit.`,
  personal_edited: (f) =>
    `The personal part of entry ${f.index} was edited: it does not open its commitment.`,
  personal_incomplete: (f) => `Entry ${f.index} has a personal part without its salt, or a salt without it.`,
  personal_unexpected: (f) => `Entry ${f.index} has a personal part and never committed to one.`,
  checkpoint_unreadable: (f) => `The checkpoint in line ${f.line} is malformed, or another log's.`,
  checkpoint_unsigned: (f) => `The checkpoint in line ${f.line} is signed by no key of ${f.origin}.`,
  checkpoint_forged: (f) =>
    `The checkpoint in line ${f.line} has a signature of ${f.origin} that does not hold.`,
  checkpoint_misplaced: (f) =>
    `The checkpoint in line ${f.line} stands behind entries that it does not cover.`,
  checkpoint_mismatch: (f) =>
    `${entries(f)} is not what ${f.origin} signed in the checkpoint of line ${f.line}.`,
  truncated: (f) => `${entries(f)} was in the log when it was signed, and is missing from its end.`,
  lost_at_restore: (f) =>
    `${entries(f)} was in ${f.origin} when it was signed, and was lost when it was restored.`,
  fork: (f) => `${entries(f)} differs from what ${f.origin} showed to a witness: the log was forked.`,
  witness_unreadable: () => 'One of the checkpoints to compare with is not a checkpoint.',
  witness_unsigned: (f) => `A checkpoint to compare with is not signed by a key of ${f.origin}.`,
  log_missing: (f) => `The export lacks ${f.origin}, of which you have a checkpoint.`,
  previous_log_missing: (f) =>
    `${f.origin} goes on from an earlier log, which is not in the export before it.`,
  chain_broken: (f) => `${f.origin} does not go on from the log that stands before it as it ended.`,
  no_checkpoint: (f) => `No checkpoint of ${f.origin} stands in the export, so nothing in it is signed.`,
  end_missing: (f) => `The export of ${f.origin} breaks off after line ${f.line}.`,
  end_mismatch: (f) =>
    `The last line of ${f.origin} counts other entries or checkpoints than stand above it.`,
  not_in_log: (f) => `${entries(f)} is not in the log that the checkpoint of the excerpt speaks of.`,
} as const satisfies Record<string, Sentence>;

export type BreakCode = keyof typeof BREAK_SENTENCES;

export interface Broken extends BreakFacts {
  readonly kind: 'broken';
  readonly code: BreakCode;
  /** For the screen: it holds nothing of the export but numbers and the origin, which has no blanks or controls. */
  readonly sentence: string;
}

export function broken(code: BreakCode, facts: Partial<BreakFacts> & Pick<BreakFacts, 'line'>): Broken {
  const index = facts.index ?? null;
  const all: BreakFacts = { origin: null, found: null, ...facts, index, through: facts.through ?? index };
  return { kind: 'broken', code, ...all, sentence: BREAK_SENTENCES[code](all) };
}

export interface LogSummary {
  readonly origin: string;
  readonly size: number;
  /** Base64, as in a checkpoint. */
  readonly root: string;
  readonly checkpoints: number;
  /** Entries after the last checkpoint: each gives its hash, but nobody has signed that it is there. */
  readonly uncovered: number;
}

/** Every entry from the first to the last, as it was signed. Size, root and uncovered are of the last log. */
export interface Untouched extends LogSummary {
  readonly kind: 'untouched';
  /** Entries without their personal part, in all logs: erased, or held back from the reader. */
  readonly erased: number;
  /** False when only the keys in the export itself vouch for it: then it is consistent, not yet genuine. */
  readonly keysTrusted: boolean;
  /** All logs, oldest first: more than one after a restore. */
  readonly logs: readonly LogSummary[];
}

export interface ExcerptSummary {
  readonly origin: string;
  readonly entries: number;
  /** Size and root of the checkpoint that the entries were proven against. */
  readonly size: number;
  readonly root: string;
}

/** Each entry is genuine and in its place; that none was left out cannot be seen from an excerpt. */
export interface ExcerptVerdict {
  readonly kind: 'excerpt';
  readonly erased: number;
  readonly keysTrusted: boolean;
  readonly excerpts: readonly ExcerptSummary[];
}

export type Verdict = Untouched | ExcerptVerdict | Broken;

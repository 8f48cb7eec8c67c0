import { bytesToHex } from '../kernel/bytes.ts';
import { isJsonRecord, type JsonRecord } from './canonical-json.ts';
import type { Checkpoint } from './checkpoint.ts';

/** What a log that goes on under a new origin knows of the one before it: all it holds, and the last thing signed. */
export interface PreviousLog {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoint: Checkpoint | null;
}

/**
 * The detail of `audit.origin_opened`, the first event of a log opened after a restore (R-AUD-09). It names the old log
 * as restored, so the checkpoints of the new one also cover old entries that no old checkpoint had reached.
 */
export const openingDetail = (previous: PreviousLog) => ({
  previous_origin: previous.origin,
  previous_size: previous.size,
  previous_root: bytesToHex(previous.root),
  checkpoint_size: previous.checkpoint?.size ?? 0,
  checkpoint_root: previous.checkpoint === null ? '' : bytesToHex(previous.checkpoint.root),
});

const isOpening = (entry: JsonRecord): boolean => entry['type'] === 'audit.origin_opened';

/** Whether an entry says that another log comes before its own. */
export const namesPrevious = (entry: JsonRecord): boolean =>
  isOpening(entry) && isJsonRecord(entry['detail']) && Object.hasOwn(entry['detail'], 'previous_origin');

/** Whether an entry opens the log that follows exactly this one. */
export function follows(entry: JsonRecord, previous: PreviousLog): boolean {
  const detail = entry['detail'];
  if (!isOpening(entry) || !isJsonRecord(detail)) return false;
  return Object.entries(openingDetail(previous)).every(([key, value]) => detail[key] === value);
}

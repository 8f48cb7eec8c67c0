import { describe, expect, test } from 'vitest';
import { asId } from '../kernel/id.ts';
import { makeEvent } from './event.ts';
import { commitPersonal, makeLeaf } from './leaf.ts';
import { redactEvent } from './redact.ts';

const salt = new Uint8Array(16).fill(7);
const leafOf = (personal: Record<string, string>) =>
  makeLeaf(redactEvent(makeEvent({ id: asId('e1'), at: 5, type: 'signin.started', personal })).event, salt);

describe('R-AUD-03, I-54: a leaf', () => {
  test('is the canonical public part, with a commitment in place of the person', () => {
    const { text, personal } = leafOf({ name: 'ann', ip: '192.0.2.1' });
    const commitment = commitPersonal('{"ip":"192.0.2.1","name":"ann"}', salt);
    expect(personal).toEqual({ name: 'ann', ip: '192.0.2.1' });
    expect(text).toBe(
      '{"actor":{"id":null,"kind":"system"},"app":null,"at":5,"detail":{},"door":null,"grant":null,"id":"e1",' +
        `"outcome":"ok","personal":"${commitment}","reasons":[],"session":null,"subject":null,"transaction":null,` +
        '"type":"signin.started","v":1}',
    );
  });
  test('of an event that names no one commits to nothing', () => {
    expect(leafOf({})).toMatchObject({ personal: null, entry: { personal: null } });
  });
  test('commits differently under another salt, and never without enough of it', () => {
    expect(commitPersonal('{}', salt)).not.toBe(commitPersonal('{}', new Uint8Array(16)));
    for (const length of [0, 15, 65])
      expect(() => commitPersonal('{}', new Uint8Array(length))).toThrow(RangeError);
  });
  test('gives no other reading to bytes that move between salt and payload', () => {
    const longer = new Uint8Array([...salt, 0x7b]);
    expect(commitPersonal('{{}', salt)).not.toBe(commitPersonal('{}', longer));
  });
});

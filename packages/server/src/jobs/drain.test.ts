import { expect, it } from 'vitest';
import { drain } from './drain.ts';

const remover = (left: number, onRound: () => void = () => undefined) => {
  const heap = { left, rounds: 0 };
  const remove = async (limit: number): Promise<number> => {
    const removed = Math.min(limit, heap.left);
    heap.left -= removed;
    heap.rounds += 1;
    onRound();
    return removed;
  };
  return { heap, remove };
};
const never = new AbortController().signal;

it('goes on until a round is short, and then with the next', async () => {
  const first = remover(5_000);
  const second = remover(10);
  await drain([first.remove, second.remove], never);
  expect([first.heap, second.heap]).toEqual([
    { left: 0, rounds: 6 },
    { left: 0, rounds: 1 },
  ]);
});

it('one heap without end does not keep the next from its turn', async () => {
  const endless = remover(Infinity);
  const second = remover(10);
  await drain([endless.remove, second.remove], never);
  expect([endless.heap.rounds, second.heap.left]).toEqual([50, 0]);
});

it('ends between two rounds when the node stops', async () => {
  const stopping = new AbortController();
  const heap = remover(5_000, () => stopping.abort());
  await drain([heap.remove, heap.remove], stopping.signal);
  expect(heap.heap.rounds).toBe(1);
});

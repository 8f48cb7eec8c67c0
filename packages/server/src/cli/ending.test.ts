import { expect, it } from 'vitest';
import { endingOf } from './ending.ts';

const problem = { type: 'about:blank', code: 'some.reason', title: 'It is so.', request: 'r' };

it.each([
  [400, 2],
  [401, 3],
  [403, 3],
  [404, 1],
  [405, 1],
  [409, 5],
  [413, 2],
  [415, 2],
  [422, 1],
  [500, 4],
  [503, 4],
])('an answer of %i ends the command with %i', (status, exitCode) => {
  expect(endingOf({ ...problem, status })).toMatchObject({ exitCode, message: 'It is so. (some.reason)' });
});

it('says what is wrong, field by field', () => {
  expect(
    endingOf({
      ...problem,
      status: 400,
      detail: 'Look.',
      errors: [{ field: 'body.email', reason: 'no address' }],
    }).message,
  ).toBe('It is so. Look. (some.reason)\n  body.email: no address');
});

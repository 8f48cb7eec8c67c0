import { randomUUID } from 'node:crypto';
import { asId } from '@countersign/core/kernel/id';
import { minutes } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ArtifactModel, NewArtifact } from '../../ports/oidc-artifacts.ts';
import { startTestStore, type TestStore } from './store-for-tests.ts';

const NOW = Date.UTC(2026, 10, 24);
let store: TestStore;
const grantId = asId<'grant'>(randomUUID());

beforeAll(async () => {
  store = await startTestStore();
  const account = randomUUID();
  const session = randomUUID();
  await store.database.query(sql`insert into account (id, kind, state, login, display_name, user_handle, created_at)
    values (${account}, 'person', 'active', 'alice', 'Alice', ${Buffer.alloc(16)}, ${NOW})`);
  await store.database.query(sql`insert into session (id, secret_hash, account_id, kind, proofs, epoch, started_at, last_seen_at, ends_at, idle, agent, address)
    values (${session}, ${Buffer.alloc(32)}, ${account}, 'full', '[]', 0, ${NOW}, ${NOW}, ${NOW + minutes(60)}, ${minutes(30)}, '', '')`);
  await store.database.query(sql`insert into door_grant (id, account_id, session_id, app_id, door, strength, amr, auth_time, issued_at)
    values (${grantId}, ${account}, ${session}, ${randomUUID()}, 'oidc', 'mfa', '{}', ${NOW}, ${NOW})`);
});
afterAll(() => store.stop());

const artifact = (model: ArtifactModel, id: string, more: Partial<NewArtifact> = {}): NewArtifact => ({
  model,
  id,
  payload: { jti: id, kind: model, secretish: 'only for the library' },
  grantId,
  expiresAt: NOW + minutes(1),
  ...more,
});

it('one of twenty that consume a code at once gets it', async () => {
  await store.artifacts.save(artifact('AuthorizationCode', 'raced-code'));
  const race = Array.from({ length: 20 }, () =>
    store.artifacts.consume('AuthorizationCode', 'raced-code', NOW),
  );
  expect((await Promise.all(race)).filter(Boolean)).toHaveLength(1);
});

it('one of twenty that show a jti at once is the first, and after its time the jti is free', async () => {
  const once = (now: number) =>
    store.artifacts.saveOnce(
      artifact('ReplayDetection', 'raced-jti', { grantId: null, expiresAt: now + minutes(1) }),
      now,
    );
  expect((await Promise.all(Array.from({ length: 20 }, () => once(NOW)))).filter(Boolean)).toHaveLength(1);
  expect(await once(NOW + minutes(1) - 1)).toBe(false);
  expect(await once(NOW + minutes(1))).toBe(true);
});

it('a dump of the store shows neither the token nor what it stands for, and a row opens in no other place', async () => {
  await store.artifacts.save(artifact('AccessToken', 'a-bearer-token'));
  await store.artifacts.save(artifact('AccessToken', 'another-token'));
  const rows = await store.database.query<{ id_hash: Buffer; payload: Buffer }>(
    sql`select id_hash, payload from oidc_artifact where model = 'AccessToken'`,
  );
  const dump = Buffer.concat(rows.flatMap((row) => [row.id_hash, row.payload])).toString('latin1');
  expect(dump).not.toContain('a-bearer-token');
  expect(dump).not.toContain('only for the library');
  expect((await store.artifacts.find('AccessToken', 'a-bearer-token', NOW))?.payload).toMatchObject({
    jti: 'a-bearer-token',
  });
  await store.database.query(sql`update oidc_artifact set payload = (select payload from oidc_artifact
    where id_hash = ${rows[1]?.id_hash}) where id_hash = ${rows[0]?.id_hash}`);
  await expect(
    Promise.all(
      ['a-bearer-token', 'another-token'].map((id) => store.artifacts.find('AccessToken', id, NOW)),
    ),
  ).rejects.toThrow('sealed value');
});

it('the store refuses a code or token that no grant stands behind', async () => {
  for (const model of ['Grant', 'AuthorizationCode', 'AccessToken', 'RefreshToken'] as const) {
    await expect(store.artifacts.save(artifact(model, `orphan-${model}`, { grantId: null }))).rejects.toThrow(
      'oidc_artifact_under_grant',
    );
    const nobody = asId<'grant'>(randomUUID());
    await expect(
      store.artifacts.save(artifact(model, `stray-${model}`, { grantId: nobody })),
    ).rejects.toThrow('foreign key');
  }
});

it('what has expired is not found, and cleaning takes it in bounded steps', async () => {
  for (let i = 0; i < 5; i++)
    await store.artifacts.save(artifact('Interaction', `old-${i}`, { grantId: null, expiresAt: NOW - 1 }));
  expect(await store.artifacts.find('Interaction', 'old-0', NOW)).toBeNull();
  expect(await store.artifacts.deleteExpired(NOW, 3)).toBe(3);
  expect(await store.artifacts.deleteExpired(NOW, 3)).toBe(2);
});

it('a used refresh token is remembered as used until its grant ends, and dies with the family', async () => {
  await store.artifacts.save(artifact('Grant', grantId, { expiresAt: NOW + minutes(60) }));
  await store.artifacts.save(artifact('RefreshToken', 'used'));
  expect(await store.artifacts.consume('RefreshToken', 'used', NOW)).toBe(true);
  expect((await store.artifacts.find('RefreshToken', 'used', NOW + minutes(59)))?.consumedAt).toBe(NOW);
  await store.artifacts.removeFamily(grantId);
  expect(await store.artifacts.find('RefreshToken', 'used', NOW)).toBeNull();
  expect(await store.artifacts.find('Grant', grantId, NOW)).toBeNull();
});

import { readFileSync } from 'node:fs';
import { auditEffect, NOW, startAuditStores } from './audit-log-for-tests.ts';
const stores = await startAuditStores();
const store = await stores.open();
const log = await store.openLog();
const N = 50000;
const cpuOf = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) * 10; };
try {
  for (let i = 0; i < 40; i++) await store.commit(Array.from({ length: 25 }, (_, k) => auditEffect(25 * i + k)));
  const { rows: cols } = await store.database.pool.query(`select 1`);
  for (let round = 0; round < 3; round++) {
    await store.database.pool.query(`insert into audit_event (id, at, type, class, actor_kind, actor_id, subject, session_id, app_id, outcome, entry, salt, personal)
      select gen_random_uuid(), at, type, class, actor_kind, actor_id, subject, session_id, app_id, outcome, entry, salt, personal from (select * from audit_event limit 1000) e, generate_series(1, ${N / 1000})`);
    const pids = (await store.database.pool.query('select pid from pg_stat_activity where backend_type = \'client backend\' and usename = current_user')).rows.map((r) => r.pid);
    const before = pids.reduce((s, p) => s + cpuOf(p), 0); const c0 = process.cpuUsage(); const t = performance.now();
    let n = 0;
    for (;;) { const r = await log.numberEvents(NOW); if (r.kind === 'numbered') { n += r.count; if (!r.more) break; } }
    const c = process.cpuUsage(c0); const wall = performance.now() - t;
    console.log(n, 'wall', Math.round(n / wall * 1000), '/s; node', ((c.user + c.system) / n).toFixed(1), 'us/event; backend', ((pids.reduce((s, p) => s + cpuOf(p), 0) - before) * 1000 / n).toFixed(1), 'us/event');
  }
} finally { await stores.stop(); }

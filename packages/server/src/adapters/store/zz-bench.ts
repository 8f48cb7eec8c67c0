import { auditEffect, ALICE, NOW, startAuditStores, verifyLines, collect } from './audit-log-for-tests.ts';
import { sql } from 'kysely';
const stores = await startAuditStores();
const store = await stores.open();
const log = await store.openLog();
const ms = () => performance.now();
try {
  // fill: 60k by template multiplication through commit
  const N = Number(process.argv[2] ?? 50000);
  let t = ms();
  const effects = Array.from({ length: N }, (_, i) => auditEffect(i));
  console.log('make', N, Math.round(ms() - t), 'ms');
  t = ms();
  const lanes = 10;
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    for (let i = lane * 25; i < N; i += lanes * 25) await store.commit(effects.slice(i, i + 25));
  }));
  console.log('commit (25 a statement)', Math.round(N / ((ms() - t) / 1000)), '/s');
  const cpu0 = process.cpuUsage();
  t = ms();
  let n = 0;
  for (;;) { const r = await log.numberEvents(NOW); if (r.kind === 'numbered') { n += r.count; if (!r.more) break; } }
  const cpu = process.cpuUsage(cpu0);
  console.log('numbering', n, Math.round(n / ((ms() - t) / 1000)), '/s; node cpu us/event', (cpu.user + cpu.system) / n);
  t = ms();
  await log.signCheckpoint(NOW);
  console.log('sign', ms() - t, 'ms');
  for (let i = 0; i < 50; i++) await log.numberEvents(NOW);
  t = ms(); for (let i = 0; i < 200; i++) await log.numberEvents(NOW);
  console.log('idle tick', (ms() - t) / 200, 'ms');
  t = ms();
  const lines = await collect(log.exportLog(NOW, { personal: 'shown' }));
  console.log('export', Math.round(lines.length / ((ms() - t) / 1000)), 'lines/s', Math.round(lines.join('\n').length / lines.length), 'chars/line');
  t = ms();
  const v = verifyLines(lines);
  console.log('verify', v.kind, Math.round(n / ((ms() - t) / 1000)), '/s');
  t = ms();
  const ex = await collect(log.exportExcerpt(ALICE, NOW, { personal: 'shown' }));
  console.log('excerpt', Math.round(ex.length / ((ms() - t) / 1000)), '/s', verifyLines(ex).kind);
  t = ms();
  const gone = await log.erasePerson(ALICE, NOW);
  console.log('erase', gone, Math.round(gone / ((ms() - t) / 1000)), '/s');
  // concurrent: single-event commits while the leader runs
  let go = true; let lead = 0;
  const leader = (async () => { while (go) { const r = await log.numberEvents(NOW); if (r.kind==='numbered') lead += r.count; await new Promise((r) => setTimeout(r, 250)); } })();
  t = ms(); let k = 0;
  await Promise.all(Array.from({ length: 10 }, async (_, lane) => { for (let i = 0; i < 1000; i++) { await store.commit([auditEffect(i)]); k++; } }));
  const s = (ms() - t) / 1000;
  console.log('with leader: one event a commit', Math.round(k / s), '/s; numbered meanwhile', Math.round(lead / s), '/s');
  go = false; await leader;
  console.log(await store.database.query(sql`select pg_size_pretty(pg_total_relation_size('audit_event')) e, pg_size_pretty(pg_total_relation_size('audit_node')) n`));
} finally { await stores.stop(); }

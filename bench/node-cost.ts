import type { Deployment } from '@countersign/testkit/deployment/start-deployment';

/** CPU seconds that the first node has used since its start, by its own metrics. */
export async function cpuSeconds({ nodes }: Deployment): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${nodes[0]?.managePort ?? 0}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1] ?? Number.NaN);
}

export interface Cost {
  readonly elapsedMs: number;
  readonly cpuMs: number;
  readonly statements: number;
}

/** What the work cost the node: its time, its CPU (PostgreSQL's is not in it) and its statements, jobs included. */
export async function costOf(deployment: Deployment, work: () => Promise<void>): Promise<Cost> {
  const [cpu, statements] = [await cpuSeconds(deployment), await deployment.statements()];
  const begun = performance.now();
  await work();
  return {
    elapsedMs: performance.now() - begun,
    cpuMs: ((await cpuSeconds(deployment)) - cpu) * 1_000,
    statements: (await deployment.statements()) - statements,
  };
}

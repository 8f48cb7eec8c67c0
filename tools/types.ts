// `npm run types`: the compiler on every tsconfig of the repository, all of them even when one fails.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const projects = globSync([
  'tsconfig.json',
  'packages/*/tsconfig*.json',
  'packages/*/src/**/tsconfig.json',
]).values();

const compile = (project: string) =>
  new Promise<boolean>((resolve, reject) => {
    const tsc = spawn('tsc', ['-p', project], { stdio: ['ignore', 'inherit', 'inherit'] });
    tsc.once('error', reject);
    tsc.once('close', (code) => resolve(code === 0));
  });

async function work(): Promise<void> {
  for (const project of projects) if (!(await compile(project))) process.exitCode = 1;
}

await Promise.all(Array.from({ length: availableParallelism() }, work));

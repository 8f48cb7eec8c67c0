import { runOnNode24 } from './bootstrap.mjs';

await runOnNode24(['packages/server/src/main.ts', ...process.argv.slice(2)]);

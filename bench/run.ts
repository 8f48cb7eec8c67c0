import { auditBench } from './audit.ts';
import { decideBench } from './decide.ts';
import { oidcBench } from './oidc.ts';
import { signinBench } from './signin.ts';

const BENCHES = [decideBench, auditBench, signinBench, oidcBench];

const wanted = process.argv.slice(2);
if (wanted.includes('--list')) {
  for (const { name, says } of BENCHES) process.stdout.write(`${name}  ${says}\n`);
} else {
  const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`there is no bench ${unknown.join(', ')}; npm run bench -- --list names them\n`);
    process.exit(2);
  }
  for (const bench of BENCHES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    for (const { name, value, unit } of await bench.run()) process.stdout.write(`${name} ${value} ${unit}\n`);
  }
}

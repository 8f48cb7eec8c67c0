import { login } from '../verbs/login.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { type Case, equal } from './case.ts';
import { ledger, noGrant, recorded, refused } from './expect.ts';
import { holder } from './people.ts';

const downgrade: Case = {
  id: 'S-25',
  title: 'somebody with only a passkey is never asked for less',
  run: async (stage, random) => {
    const victim = await holder(stage, random, 'strong', { password: true });
    const old = createVisitor(stage.deployment, { agent: 'Mozilla/4.0 (compatible; MSIE 6.0)' });
    const attempt = await login.withPassword(old, victim);
    refused(await login.totp(attempt, '123456'), 'a code of an app that is not there');
    refused(await login.recoveryCode(attempt, 'ABCD-EFGH-JKMN-PQRS'), 'a recovery code that is not there');
    refused(await login.temporaryPass(attempt, 'ABCD-EFGH-JKMN-PQRS'), 'a temporary pass that is not there');
    for (const method of ['sms', 'push', 'email', 'totp?force=1']) {
      refused(await old.post(`/signin/${attempt.id}/${method}`, { code: '123456' }), `the method ${method}`);
    }
    for (const wanted of ['totp', 'sms', 'push']) await login.show(attempt, wanted);
    await noGrant(old, 'after all weaker methods');
    equal((await ledger(stage, victim.id, 'totp')).inWindow, 0, 'codes that were evaluated');
    await recorded(stage, { type: 'signin.downgrade', subject: victim.id });
  },
};

export const DOWNGRADE: readonly Case[] = [downgrade];

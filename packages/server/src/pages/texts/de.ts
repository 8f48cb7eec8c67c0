import { account } from './de/account.ts';
import { common } from './de/common.ts';
import { enrol } from './de/enrol.ts';
import { mail } from './de/mail.ts';
import { reasons } from './de/reasons.ts';
import { requestReasons } from './de/request-reasons.ts';
import { setup } from './de/setup.ts';
import { signin } from './de/signin.ts';
import { webauthnReasons } from './de/webauthn-reasons.ts';

export const de = { ...common, ...signin, ...enrol, ...account, ...setup, ...mail } as const;
export const deReasons = { ...reasons, ...requestReasons, ...webauthnReasons } as const;

import { account } from './en/account.ts';
import { common } from './en/common.ts';
import { enrol } from './en/enrol.ts';
import { mail } from './en/mail.ts';
import { reasons } from './en/reasons.ts';
import { requestReasons } from './en/request-reasons.ts';
import { setup } from './en/setup.ts';
import { signin } from './en/signin.ts';
import { webauthnReasons } from './en/webauthn-reasons.ts';

/** English is the catalogue that gives the keys; the other languages must have exactly these. */
export const en = { ...common, ...signin, ...enrol, ...account, ...setup, ...mail } as const;
export const enReasons = { ...reasons, ...requestReasons, ...webauthnReasons } as const;

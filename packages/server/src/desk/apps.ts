import { asId } from '@countersign/core/kernel/id';
import type { Ask } from '@countersign/core/policy/ask';
import { BROWSER_REACH } from '@countersign/core/policy/ask';

/** Our own pages as an app: what a browser session is the grant of. */
export const PORTAL = {
  door: 'portal',
  appId: asId<'app'>('00000000-0000-4000-8000-000000000001'),
  appKind: 'portal',
} as const;

/** Administration by a person (API and, later, the console). */
export const CONSOLE = {
  door: 'portal',
  appId: asId<'app'>('00000000-0000-4000-8000-000000000002'),
  appKind: 'console',
} as const;

export const portalAsk: Ask = { ...PORTAL, reach: BROWSER_REACH, strength: null, notBefore: null };
export const consoleAsk: Ask = { ...CONSOLE, reach: BROWSER_REACH, strength: null, notBefore: null };

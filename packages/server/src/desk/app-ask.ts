import { atLeast, stronger, type Strength } from '@countersign/core/factor/strength';
import { ACR_VALUES, strengthOfAcr } from '@countersign/core/grant/acr';
import type { Instant } from '@countersign/core/kernel/time';
import { BROWSER_REACH, type Ask, type Door } from '@countersign/core/policy/ask';
import type { App } from '../ports/apps.ts';

/** The `acr` values a door may advertise. */
export const KNOWN_ACR: readonly string[] = ACR_VALUES;

/** The least strength that satisfies one of the values asked for; null when none of them means anything to us. */
export function strengthAsked(values: readonly string[]): Strength | null {
  const known = values.map(strengthOfAcr).filter((strength) => strength !== null);
  return known.reduce<Strength | null>(
    (least, next) => (least === null || atLeast(least, next) ? next : least),
    null,
  );
}

/** What a browser door asks for an app: the app's own strength and the request's add up (design.md §5). */
export function appAsk(
  door: Door,
  app: Pick<App, 'id' | 'strength'>,
  asked: Strength | null,
  notBefore: Instant | null,
): Ask {
  const strength =
    app.strength === null || asked === null ? (app.strength ?? asked) : stronger(app.strength, asked);
  return { door, appId: app.id, appKind: 'app', reach: BROWSER_REACH, strength, notBefore };
}

import { raw } from 'hono/html';
import type { Markup } from './markup.ts';

/** The drawing of a QR library and nothing more: one svg of rectangles and paths, with plain attributes. */
const DRAWING =
  /^<svg(?: [a-zA-Z:-]+="[^"<>&]*")*>(?:\s*<(?:path|rect)(?: [a-zA-Z:-]+="[^"<>&]*")*\s*(?:\/>|><\/(?:path|rect)>))*\s*<\/svg>\s*$/;
const ACTIVE = / (?:on|style|href|xlink)/i;

/**
 * Takes the svg that our own QR library drew into a page as it is. Nothing a person typed may come here: text that is
 * not such a drawing is a fault of ours and throws.
 */
export function drawing(svg: string): Markup {
  const text = svg.trim();
  if (!DRAWING.test(text) || ACTIVE.test(text))
    throw new TypeError('That is not a drawing of the QR library.');
  return raw(text);
}

/** Controls, line and paragraph separators, and invisible formatting: bidi overrides turn a line round on screen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function spell(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`;
}

/** Cuts between characters, never inside one, and shows that something is gone. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, longest - 1);
  return `${head.isWellFormed() ? head : head.slice(0, -1)}…`;
}

/**
 * A text of at most `longest` UTF-16 units that cannot forge a line or hide one (R-AUD-04): what cannot be seen is
 * spelled out. Well-formed on return, so that it has a canonical form. Cleaning twice changes nothing.
 */
export function cleanText(text: string, longest: number): string {
  // A first cut, so that a text of megabytes costs no more than one of the length that is kept.
  const bounded = text.slice(0, 2 * longest).toWellFormed();
  return cut(bounded.replaceAll(UNSEEN, spell), longest);
}

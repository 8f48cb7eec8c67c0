/** Why a body is not the JSON of one reader only. */
export class MalformedJson extends Error {
  readonly code = 'FST_ERR_CTP_INVALID_JSON_BODY';
}

/**
 * Reads a body of which every reader understands the same: no member twice, none named `__proto__`, and no NUL,
 * which PostgreSQL cannot store. Throws `MalformedJson`, answered as 400.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedJson('not JSON');
  }
  if (text.includes(String.raw`\u0000`)) throw new MalformedJson('a NUL in a text');
  if (hasBadMember(text)) throw new MalformedJson('a member twice, or one that no object has');
  return value;
}

/** Walks the tokens of a text that is known to be JSON: a colon outside a string follows the name of a member. */
function hasBadMember(text: string): boolean {
  const open: Set<string>[] = [];
  let last = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ':') last = token;
    else {
      const name = String(JSON.parse(last));
      const members = open.at(-1);
      if (name === '__proto__' || members?.has(name) === true) return true;
      members?.add(name);
    }
  }
  return false;
}

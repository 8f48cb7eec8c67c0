import { shapeOf } from './context-words.ts';
import { madeOfWords } from './made-of-words.ts';

/** Words that passwords are built on when somebody must think of one on the spot; `Summer2026!` heads every spray list. */
const EXPECTED_WORDS = `
  password passwort kennwort passphrase welcome willkommen hello hallo letmein changeme secret geheim default initial
  admin administrator root user guest test testing temp temporary login access master monkey dragon iloveyou qwerty
  qwertz qwertyuiop qwertzuiop asdfgh asdfghjkl yxcvbn zxcvbn zxcvbnm 1qaz2wsx azerty
  spring summer autumn fall winter season frühling fruehling sommer herbst
  january february march april may june july august september october november december
  januar februar märz maerz mai juni juli oktober dezember
  monday tuesday wednesday thursday friday saturday sunday
  montag dienstag mittwoch donnerstag freitag samstag sonntag
`
  .trim()
  .split(/\s+/)
  .map(shapeOf);

/** Longest unit whose mere repetition is guessed: `abcabcabc…`, `2026 2026 …`. */
const LONGEST_UNIT = 4;

/** The shortest text that the password repeats throughout (the last time perhaps cut off), or the password itself. */
export function repeatedUnit(password: string): string {
  const characters = [...password];
  const length = characters.findIndex(
    (_, size) => size > 0 && characters.every((character, i) => character === characters[i % size]),
  );
  return length > 0 ? characters.slice(0, length).join('') : password;
}

/** Whether the characters all follow each other, up or down, digits wrapping round: `abcdefgh`, `98765432109`. */
function isRun(password: string): boolean {
  const points = [...password.toLowerCase()].map((character) => character.codePointAt(0) ?? 0);
  const digits = /^[0-9]+$/.test(password);
  return [1, -1].some((step) =>
    points.every((point, i) => {
      const next = points[i + 1];
      if (next === undefined) return true;
      return digits ? (next - point - step + 20) % 10 === 0 : next - point === step;
    }),
  );
}

/** Whether the password is one that anybody would try, though it may be on no list of leaked ones (R-PWD-08). */
export function isExpectedPassword(password: string): boolean {
  const unit = [...repeatedUnit(password)].length;
  return unit <= LONGEST_UNIT || isRun(password) || madeOfWords(password, EXPECTED_WORDS) !== null;
}

import { globSync } from 'node:fs';

/** What the pictures show, in the order in which a person meets the screens. */
const CAPTIONS: Readonly<Record<string, string>> = {
  'set-up': 'Set-up: the organisation and its first owner',
  'choose-a-way': 'Choosing how to sign in, for the first time',
  'recovery-codes': 'Recovery codes, shown once',
  'sign-in': 'Signing in',
  password: 'The password',
  code: 'The code from an app',
  'code-phone': 'The same on a phone',
  'code-dark': 'The same in the dark',
  choose: 'Choosing another way to sign in',
  account: 'One’s own page: ways to sign in and sessions',
};

const rank = (name: string): number => [...Object.keys(CAPTIONS), name].indexOf(name);

const captionOf = (name: string): string => CAPTIONS[name] ?? `Screen: ${name.replaceAll('-', ' ')}`;

/** Puts every picture that the browser tests left in docs/pictures between the marks of the page. */
export function withPictures(text: string, root: string): string {
  const names = globSync('docs/pictures/*.png', { cwd: root })
    .map((file) => /([^/\\]+)\.png$/.exec(file)?.[1] ?? '')
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const pictures = names.map(
    (name) => `${captionOf(name)}:\n\n![${captionOf(name)}](docs/pictures/${name}.png)\n\n`,
  );
  return text.replace(
    /(<!-- pictures -->\n)[\s\S]*?(<!-- end -->)/,
    (_all, begin: string, end: string) => `${begin}\n${pictures.join('')}${end}`,
  );
}

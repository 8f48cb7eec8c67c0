import type { CDPSession } from 'playwright-core';

type FullTree = Awaited<ReturnType<typeof fullTree>>;
const fullTree = (cdp: CDPSession) => cdp.send('Accessibility.getFullAXTree');

const IGNORED = new Set([
  'none',
  'generic',
  'InlineTextBox',
  'RootWebArea',
  'StaticText',
  'LineBreak',
  'LayoutTable',
]);

/** What a screen reader is given by Chromium, one line a node: role, name, and the states that are said aloud. */
export async function spokenTree(cdp: CDPSession): Promise<readonly string[]> {
  const { nodes } = await fullTree(cdp);
  return nodes.filter(({ ignored, role }) => !ignored && !IGNORED.has(String(role?.value))).map(line);
}

function line(node: FullTree['nodes'][number]): string {
  const states = (node.properties ?? [])
    .filter(
      ({ name, value }) =>
        ['required', 'invalid', 'focused', 'expanded', 'level'].includes(name) && value.value !== false,
    )
    .map(({ name, value }) =>
      value.value === true || value.value === 'true' ? name : `${name}=${String(value.value)}`,
    )
    .filter((state) => state !== 'invalid=false')
    .toSorted();
  const name = String(node.name?.value ?? '');
  const description = String(node.description?.value ?? '');
  return [
    String(node.role?.value),
    JSON.stringify(name),
    ...(description === '' ? [] : [`(${description})`]),
    ...states,
  ].join(' ');
}

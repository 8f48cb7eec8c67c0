import { renderSVG } from 'uqr';
import { expect, it } from 'vitest';
import { drawing } from './raw.ts';

it('takes the svg of the QR library as it is', () => {
  const svg = renderSVG('otpauth://totp/A:b?secret=C', { ecc: 'M', border: 3, pixelSize: 6 });
  expect(String(drawing(svg))).toBe(svg);
});

// What an attacker had before: an svg is a document that can run script.
it.each([
  '<svg onload="alert(1)"></svg>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><path d="M0 0" onclick="x"/></svg>',
  '<svg><a href="javascript:x"><path/></a></svg>',
  '<svg style="x"></svg>',
  '<svg></svg><img src=x>',
  '<img src=x>',
  'text',
])('refuses %s', (text) => {
  expect(() => drawing(text)).toThrow(TypeError);
});

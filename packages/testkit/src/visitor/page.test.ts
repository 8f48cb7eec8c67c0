import { expect, it } from 'vitest';
import { readPage } from './page.ts';

const MARKUP = `<title>Error: Sign in</title><h1>Enter <bdi>the</bdi> code</h1>
<div class="problem" role="alert" id="problem" data-reason="otp.wrong"><p><strong>That code is not right.</strong></p> <p>Try &amp; again.</p></div>
<form method="post" action="/signin/x/totp" novalidate data-options="{&quot;a&quot;:1}"><input type="hidden" name="pending" value="p&#39;1"><input name="code" required></form>
<a class="primary" href="/enrol?a=1&amp;b=2">go</a><div class="problem" role="alert" data-error></div>
<footer><p class="small">Reference 18de8869-8088-487e-a85f-64cbf22bfcae</p></footer>`;

it('reads of a page what a person sees and what a browser would send', () => {
  expect(readPage(MARKUP)).toEqual({
    title: 'Error: Sign in',
    heading: 'Enter the code',
    forms: [
      {
        method: 'post',
        action: '/signin/x/totp',
        fields: { pending: "p'1", code: '' },
        data: { options: '{"a":1}' },
      },
    ],
    links: ['/enrol?a=1&b=2'],
    problem: 'That code is not right. Try & again.',
    reason: 'otp.wrong',
    reference: '18de8869-8088-487e-a85f-64cbf22bfcae',
  });
});

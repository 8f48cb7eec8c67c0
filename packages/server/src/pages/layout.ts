import { LOCALES, type Locale } from '@countersign/core/account/account';
import { inLanguage } from './address.ts';
import { post } from './form.ts';
import { mark } from './mark.ts';
import { html, type Markup, type Slot } from './markup.ts';
import type { BrowserScript } from './static-files.ts';
import { chosen, phrases } from './texts/phrases.ts';
import type { PageContext } from './views.ts';

export interface Page {
  readonly title: string;
  /** The address that shows this page again; null where asking again would lose something. */
  readonly here: string | null;
  /** The page says that something went wrong: the title says so first. */
  readonly failed: boolean;
  readonly width?: 'card' | 'wide';
  readonly scripts?: readonly BrowserScript[];
  readonly content: Slot;
}

const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch' };

function languages(here: string, context: PageContext): Markup {
  const label = phrases(context.locale).say('page.language');
  const links = LOCALES.map((locale) =>
    locale === context.locale
      ? html`<li><span lang="${locale}" aria-current="true">${LANGUAGES[locale]}</span></li>`
      : html`<li><a href="${inLanguage(here, locale)}" lang="${locale}" hreflang="${locale}">${LANGUAGES[locale]}</a></li>`,
  );
  return html`<nav aria-label="${label}"><ul class="languages">${links}</ul></nav>`;
}

function signOut(context: PageContext): Slot {
  if (context.signedInAs === null) return null;
  const { mark: phrase, say } = phrases(context.locale);
  return html`<div class="person"><span>${phrase('page.signed_in_as', { name: chosen(context.signedInAs) })}</span>
${post('/signout', html`<button class="quiet" type="submit">${say('page.sign_out')}</button>`)}</div>`;
}

/** The frame of every page: whose it is and where you are at the top, language and reference at the bottom. */
export function page(context: PageContext, page: Page): Markup {
  const { say } = phrases(context.locale);
  const title = say('page.title', { title: page.title, organisation: context.organisation });
  return html`<!doctype html>
<html lang="${context.locale}">
<head>
<meta charset="utf-8">
<title>${page.failed ? say('page.error_title', { title }) : title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="/static/favicon.svg" type="image/svg+xml">
<link rel="icon" href="/static/favicon.png" type="image/png" sizes="64x64">
<link rel="stylesheet" href="/static/pages.css">
${(page.scripts ?? []).map((name) => html`<script type="module" src="/static/${name}.js"></script>`)}
</head>
<body class="${page.width ?? 'card'}">
<header>
<p class="place">${mark()}<span><strong>${chosen(context.organisation)}</strong><span class="host">${context.host}</span></span></p>
${signOut(context)}
</header>
<main>
${page.content}
</main>
<footer>
${page.here !== null && languages(page.here, context)}
<p class="small">${say('page.reference', { id: context.requestId })}</p>
<p class="small">${say('page.product')}</p>
</footer>
</body>
</html>`;
}

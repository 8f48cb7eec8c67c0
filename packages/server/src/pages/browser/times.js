// @ts-check
// Gives every time on the page a title in the zone of the reader; the server knows only UTC.

const { lang } = document.documentElement;
const region = navigator.language.startsWith(lang) ? navigator.language : lang;
const format = new Intl.DateTimeFormat(region, {
  dateStyle: 'medium',
  timeStyle: 'long',
});
for (const time of document.querySelectorAll('time')) time.title = format.format(new Date(time.dateTime));

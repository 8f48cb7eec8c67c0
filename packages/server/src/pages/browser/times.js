// @ts-check
// Gives every time on the page a title in the zone of the reader; the server knows only UTC.

const format = new Intl.DateTimeFormat(document.documentElement.lang, {
  dateStyle: 'medium',
  timeStyle: 'long',
});
for (const time of document.querySelectorAll('time')) time.title = format.format(new Date(time.dateTime));

/** Why a request, or a session, got no answer of its own. */
export const requestReasons = {
  'session.ended': ['Sie sind abgemeldet.', 'Melden Sie sich wieder an.'],
  'session.expired': ['Sie waren so lange angemeldet, wie es erlaubt ist.', 'Melden Sie sich wieder an.'],
  'session.idle': ['Sie waren eine Weile weg, darum haben wir Sie abgemeldet.', 'Melden Sie sich wieder an.'],
  'session.revoked': [
    'Diese Sitzung wurde beendet.',
    'Melden Sie sich wieder an. Wenn Sie nicht wissen, warum, informieren Sie Ihre IT.',
  ],

  'session.unknown': [
    'Diese Sitzung ist schon beendet.',
    'Die Liste unten zeigt, wo Sie jetzt angemeldet sind.',
  ],

  'store.unavailable': [
    'Wir erreichen im Moment unseren Speicher nicht.',
    'Es wurde nichts geändert. Versuchen Sie es {retry} noch einmal.',
  ],
  'request.malformed': [
    'Ihr Browser hat etwas gesendet, das wir nicht lesen konnten.',
    'Gehen Sie zurück und versuchen Sie es noch einmal.',
  ],
  'request.too_large': ['Das war mehr, als diese Seite annimmt.', 'Gehen Sie zurück und senden Sie weniger.'],
  'request.not_found': [
    'Unter dieser Adresse gibt es keine Seite.',
    'Prüfen Sie die Adresse oder gehen Sie zur Startseite.',
  ],
  'request.method': [
    'Diese Adresse lässt sich so nicht öffnen.',
    'Gehen Sie zur Startseite und beginnen Sie dort.',
  ],
  'request.rate': [
    'Es kamen zu viele Anfragen aus Ihrem Netz.',
    'Warten Sie und versuchen Sie es {retry} noch einmal.',
  ],
  'request.media_type': [
    'Ihr Browser hat etwas gesendet, das wir nicht lesen konnten.',
    'Gehen Sie zurück und versuchen Sie es noch einmal.',
  ],
  'request.origin': [
    'Das Formular kam von einer anderen Website, darum haben wir es nicht angenommen.',
    'Öffnen Sie die Seite hier und versuchen Sie es noch einmal.',
  ],
  'server.fault': [
    'Auf unserer Seite ist etwas schiefgegangen.',
    'Es liegt nicht an Ihnen und ist erfasst. Versuchen Sie es noch einmal. Vorgang {reference}.',
  ],
} as const;

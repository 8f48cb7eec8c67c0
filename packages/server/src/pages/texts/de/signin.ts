export const signin = {
  'signout.title': 'Abmelden?',
  'signout.text':
    'Eine Anwendung möchte Sie hier abmelden. Damit endet Ihre Sitzung in allen Anwendungen, die Sie von hier geöffnet haben.',
  'signout.app':
    '{app} möchte Sie hier abmelden. Damit endet Ihre Sitzung in allen Anwendungen, die Sie von hier geöffnet haben.',
  'signout.confirm': 'Abmelden',
  'signout.stay': 'Angemeldet bleiben',
  'signout.done.title': 'Sie sind abgemeldet',
  'signout.done.text': 'Schließen Sie an einem gemeinsam genutzten Rechner auch den Browser.',
  'signout.again': 'Wieder anmelden',
  'signin.name.title': 'Anmelden',
  'signin.name.to': 'und weiter zu {app}',
  'signin.name.field': 'E-Mail-Adresse oder Benutzername',
  'signin.continue': 'Weiter',
  'signin.or': 'oder',
  'signin.name.passkey': 'Mit einem Passkey anmelden',
  'signin.name.trouble': 'Probleme bei der Anmeldung?',
  'signin.name.trouble.text':
    'Prüfen Sie, ob die Adresse in Ihrem Browser mit {host} beginnt. Geben Sie zuerst Ihren Namen ein: Auf der nächsten Seite können Sie angeben, dass Sie Ihr Gerät verloren haben.',
  'signin.as': 'Anmeldung als {name}',
  'signin.not_you': 'Das sind nicht Sie?',
  'signin.confirm.title': 'Bestätigen Sie, dass Sie es sind',
  'signin.confirm.why':
    'Sie möchten etwas ändern, das Ihr Konto schützt. Bitte weisen Sie noch einmal nach, dass Sie es sind.',
  'signin.password.title': 'Passwort eingeben',
  'signin.password.field': 'Passwort',
  'signin.totp.title': 'Code aus Ihrer App eingeben',
  'signin.totp.field': 'Code für {name} in Ihrer Authenticator-App',
  'signin.totp.hint':
    'Sechs Ziffern, die alle 30 Sekunden wechseln. Suchen Sie in der App nach {organisation}.',
  'signin.recovery.title': 'Wiederherstellungscode verwenden',
  'signin.recovery.field': 'Wiederherstellungscode',
  'signin.recovery.hint':
    '16 Zeichen, etwa XXXX-XXXX-XXXX-XXXX. Leerzeichen und Großschreibung spielen keine Rolle. Jeder Code gilt einmal.',
  'signin.recovery.left.one': 'Sie haben noch einen unbenutzten Code.',
  'signin.recovery.left.other': 'Sie haben noch {left} unbenutzte Codes.',
  'signin.pass.title': 'Befristeten Zugangscode verwenden',
  'signin.pass.field': 'Befristeter Zugangscode',
  'signin.pass.hint':
    '16 Zeichen, etwa XXXX-XXXX-XXXX-XXXX, von Ihrem Helpdesk. Leerzeichen und Großschreibung spielen keine Rolle.',
  'signin.passkey.title': 'Passkey verwenden',
  'signin.passkey.text':
    'Ihr Gerät fragt nach Fingerabdruck, Gesicht oder Bildschirmsperre. Nichts davon verlässt das Gerät.',
  'signin.passkey.start': 'Weiter mit Passkey',
  'signin.key.title': 'Sicherheitsschlüssel verwenden',
  'signin.key.text':
    'Stecken Sie Ihren Schlüssel ein oder halten Sie ihn bereit. Berühren Sie ihn, wenn er blinkt. Eventuell wird seine PIN abgefragt.',
  'signin.key.start': 'Weiter mit Sicherheitsschlüssel',
  'signin.elsewhere.title': 'Anderen Weg wählen',
  'signin.elsewhere.text': 'Dieser Weg der Anmeldung steht auf dieser Seite nicht zur Verfügung.',
  'signin.other_way': 'Anderen Weg verwenden',
  'signin.lost_device': 'Ich habe mein Gerät nicht',
  'signin.choose.title': 'Anderen Weg wählen',
  'signin.choose.text': 'Der sicherste Weg steht oben.',
  'signin.choose.none': 'Im Moment gibt es keinen anderen Weg.',
  'signin.lost.title': 'Gerät verloren oder neu',
  'signin.lost.text': 'Sie können sich trotzdem anmelden. Wählen Sie, was Sie haben.',
  'signin.lost.none':
    'Ohne Ihr Gerät hilft nichts von dem, was Sie eingerichtet haben. Ihr Helpdesk kann helfen.',
  'signin.lost.help': 'Um Hilfe bitten',
  'signin.lost.help_text':
    'Dort prüft jemand, wer Sie sind, und kann Ihnen einen befristeten Zugangscode geben. Geben Sie niemals einen Code oder Ihr Passwort weiter.',
  'signin.back': 'Zurück',
  'signin.ended.title': 'Diese Anmeldung ist beendet',
  'signin.ended.restart': 'Neu beginnen',
  'signin.ended.close':
    'Gehen Sie zurück zu der Anwendung, die Sie öffnen wollten, und beginnen Sie dort neu.',
} as const;

export const mail = {
  'mail.hello': 'Guten Tag {name},',
  'mail.about.account': 'Konto: {login} bei {host}',
  'mail.about.when': 'Zeit: {when}',
  'mail.about.where': 'Von: Netzadresse {address} (sie zeigt den Ort nur ungefähr)',
  'mail.about.agent': 'Mit: {agent}',
  'mail.not_you.contact':
    'Wenn Sie das nicht waren: Wenden Sie sich noch heute an {contact} und prüfen Sie Ihre Anmeldewege unter {security}',
  'mail.not_you.no_contact':
    'Wenn Sie das nicht waren: Informieren Sie noch heute Ihre IT und prüfen Sie Ihre Anmeldewege unter {security}',
  'mail.never': 'Wir fragen nie nach einem Code oder Passwort, weder per E-Mail noch am Telefon.',
  'mail.questions.contact': 'Wenn Sie Fragen haben, wenden Sie sich an {contact}.',
  'mail.questions.no_contact': 'Wenn Sie Fragen haben, wenden Sie sich an Ihre IT.',
  'mail.was_you': 'Wenn Sie das waren, ist nichts zu tun.',
  'mail.sign': '{organisation}, mit Countersign. Antworten auf diese E-Mail liest niemand.',
  'mail.link.unexpected':
    'Wenn Sie diese E-Mail nicht erwartet haben, verwenden Sie den Link nicht und informieren Sie Ihre IT.',
  'mail.link.private': 'Der Link ist nur für Sie und gilt einmal, bis {expires}. Geben Sie ihn nicht weiter.',
  'mail.invitation.subject': 'Richten Sie Ihr Konto bei {organisation} ein',
  'mail.invitation.text':
    'für Sie wurde ein Konto bei {organisation} angelegt. Legen Sie fest, wie Sie sich anmelden:',
  'mail.recovery_link.subject': 'Zurück in Ihr Konto bei {organisation}',
  'mail.recovery_link.text': 'mit diesem Link richten Sie neue Anmeldewege für Ihr Konto ein:',
  'mail.factor_added.subject': 'Neuer Anmeldeweg: {method}',
  'mail.factor_added.text':
    'Ihrem Konto wurde ein neuer Anmeldeweg hinzugefügt: {method}, mit dem Namen „{factor}“.',
  'mail.factor_removed.subject': 'Anmeldeweg entfernt: {method}',
  'mail.factor_removed.text':
    'aus Ihrem Konto wurde ein Anmeldeweg entfernt: {method}, mit dem Namen „{factor}“. Er gilt nicht mehr.',
  'mail.password_changed.subject': 'Ihr Passwort wurde geändert',
  'mail.password_changed.text': 'das Passwort Ihres Kontos wurde geändert.',
  'mail.recovery_code_used.subject': 'Ein Wiederherstellungscode wurde verwendet',
  'mail.recovery_code_used.one':
    'jemand hat sich mit einem Wiederherstellungscode an Ihrem Konto angemeldet. Sie haben noch einen Code. Erstellen Sie neue unter {security}',
  'mail.recovery_code_used.other':
    'jemand hat sich mit einem Wiederherstellungscode an Ihrem Konto angemeldet. Sie haben noch {left} Codes. Neue können Sie unter {security} erstellen.',
  'mail.recovery_code_used.text':
    'jemand hat sich mit einem Wiederherstellungscode an Ihrem Konto angemeldet. Neue können Sie unter {security} erstellen.',
  'mail.recovery_codes_made.subject': 'Neue Wiederherstellungscodes wurden erstellt',
  'mail.recovery_codes_made.text':
    'für Ihr Konto wurden neue Wiederherstellungscodes erstellt. Die alten gelten nicht mehr.',
  'mail.temporary_pass_issued.subject': 'Ein befristeter Zugangscode wurde ausgegeben',
  'mail.temporary_pass_issued.text':
    'Ihr Helpdesk hat einen befristeten Zugangscode für Ihr Konto ausgegeben. Er gilt bis {expires}. Wer ihn hat, kann sich als Sie anmelden.',
  'mail.temporary_pass_used.subject': 'Ein befristeter Zugangscode wurde verwendet',
  'mail.temporary_pass_used.text':
    'jemand hat sich mit einem befristeten Zugangscode an Ihrem Konto angemeldet.',
  'mail.factor_locked.subject': 'Zu viele falsche Versuche: {method}',
  'mail.factor_locked.until':
    'an Ihrem Konto gab es zu viele falsche Versuche mit diesem Anmeldeweg: {method}. Er pausiert bis {until}. Ihre anderen Anmeldewege funktionieren.',
  'mail.factor_locked.for_good':
    'an Ihrem Konto gab es zu viele falsche Versuche mit diesem Anmeldeweg: {method}. Er ist abgeschaltet, bis Ihr Helpdesk ihn wieder einschaltet. Ihre anderen Anmeldewege funktionieren.',
  'mail.signed_in_new_browser.subject': 'Anmeldung mit einem neuen Browser',
  'mail.signed_in_new_browser.text':
    'mit Ihrem Konto hat sich ein Browser angemeldet, den wir noch nicht kennen.',
  'mail.sessions_ended.subject': 'Sie wurden abgemeldet',
  'mail.sessions_ended.text': 'alle Sitzungen Ihres Kontos wurden beendet. Sie müssen sich neu anmelden.',
  'mail.email_changed.subject': 'Die E-Mail-Adresse Ihres Kontos wurde geändert',
  'mail.email_changed.text':
    'die E-Mail-Adresse Ihres Kontos wurde geändert. Nachrichten dazu kommen nicht mehr hierher.',
  'mail.recovery_link_used.subject': 'Ein Wiederherstellungslink für Ihr Konto wurde benutzt',
  'mail.recovery_link_used.text':
    'ein Wiederherstellungslink für Ihr Konto wurde benutzt. Alle anderen Sitzungen wurden beendet; jetzt können neue Anmeldewege eingerichtet werden.',
  'mail.key_alarm.subject': 'Von Ihrem Schlüssel könnte es eine Kopie geben',
  'mail.key_alarm.text':
    'eine Anmeldung mit einem Ihrer Schlüssel wurde abgelehnt, weil der Schlüssel anscheinend gleichzeitig anderswo benutzt wurde. Entfernen Sie den Schlüssel und informieren Sie Ihre IT.',
  'mail.recovery_alarm.subject': 'Für ein privilegiertes Konto wurde ein Weg zurück erstellt',
  'mail.recovery_alarm.text':
    'jemand mit Zugang zum Server hat einen Link oder einen befristeten Zugangscode erstellt, mit dem das unten genannte Konto neue Anmeldewege einrichten kann. Hat kein Eigentümer darum gebeten, beenden Sie dessen Sitzungen und prüfen Sie das Protokoll.',
  'mail.account_disabled.subject': 'Ihr Konto wurde abgeschaltet',
  'mail.account_disabled.text': 'Ihr Konto wurde abgeschaltet. Niemand kann sich jetzt damit anmelden.',
} as const;

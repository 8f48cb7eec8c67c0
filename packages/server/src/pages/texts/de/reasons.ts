export const reasons = {
  'oidc.unknown_app': [
    'Die Anwendung, die Sie hierher geschickt hat, ist nicht registriert.',
    'Es wurde ihr nichts mitgeteilt. Gehen Sie zurück, oder wenden Sie sich an die Betreiber der Anwendung.',
  ],
  'oidc.redirect_not_registered': [
    'Die Anwendung wollte Sie an eine Adresse schicken, die für sie nicht registriert ist.',
    'Wir sind ihr nicht gefolgt. Die Betreiber der Anwendung müssen die genaue Rücksprungadresse registrieren lassen.',
  ],
  'oidc.bad_request': [
    'Die Anwendung hat eine Anfrage geschickt, die wir nicht annehmen können.',
    'Es wurde ihr nichts mitgeteilt. Versuchen Sie es von der Anwendung aus noch einmal; bleibt es dabei, wenden Sie sich an deren Betreiber.',
  ],
  'oidc.request_gone': [
    'Diese Anmeldung an der Anwendung wartet nicht mehr.',
    'Gehen Sie zur Anwendung zurück und beginnen Sie neu.',
  ],
  'oidc.failed': [
    'Bei der Anmeldung an der Anwendung ist auf unserer Seite etwas schiefgegangen.',
    'Sie wurden dort nicht angemeldet. Versuchen Sie es gleich von der Anwendung aus noch einmal.',
  ],
  'http.not_found': [
    'Diese Seite gibt es nicht.',
    'Prüfen Sie die Adresse, oder gehen Sie zu Ihrer eigenen Seite.',
  ],
  'request.other_origin': [
    'Diese Anfrage kam von einer anderen Website.',
    'Es wurde nichts geändert. Öffnen Sie unsere Seite selbst und versuchen Sie es noch einmal.',
  ],
  'store.sealed_value': [
    'Ein gespeichertes Geheimnis ließ sich nicht lesen.',
    'Es wurde nichts gewährt. Nennen Sie Ihrer IT die Referenz unten.',
  ],
  unknown: [
    'Das hat nicht funktioniert.',
    'Versuchen Sie es noch einmal. Wenn es wieder geschieht, nennen Sie Ihrer IT den Vorgang {reference}.',
  ],

  'signin.wrong_pair': [
    'Name und Passwort passen nicht zusammen.',
    'Prüfen Sie beides und versuchen Sie es noch einmal.',
  ],
  'signin.wrong_proof': [
    'Das hat nicht funktioniert.',
    'Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg.',
  ],
  'signin.busy': [
    'Im Moment melden sich viele an.',
    'Mit Ihrem Konto ist alles in Ordnung. Versuchen Sie es {retry} noch einmal.',
  ],
  'signin.expired': [
    'Diese Anmeldung hat zu lange gedauert und ist beendet.',
    'Beginnen Sie neu. Es wurde nichts geändert.',
  ],
  'signin.over': [
    'Diese Anmeldung ist bereits abgeschlossen.',
    'Gehen Sie zurück zu der Anwendung, die Sie öffnen wollten.',
  ],
  'signin.other_person': [
    'Das gehört zu einem anderen Konto.',
    'Beginnen Sie neu mit dem Namen des Kontos, das Sie verwenden möchten.',
  ],
  'signin.no_evidence': ['Wir wissen noch nicht, ob Sie es sind.', 'Beginnen Sie die Anmeldung neu.'],
  'signin.unknown': [
    'Diese Anmeldung gibt es nicht, oder sie gehört zu einem anderen Browser.',
    'Gehen Sie zurück zur Anwendung und beginnen Sie dort neu.',
  ],

  'signin.raced': [
    'Diese Seite wurde an zwei Stellen zugleich verwendet.',
    'Versuchen Sie es hier noch einmal.',
  ],
  'signin.revoked': [
    'Diese Anmeldung wurde beendet, weil sich in Ihrem Konto etwas geändert hat.',
    'Beginnen Sie neu.',
  ],
  'signin.method_not_offered': [
    'Dieser Anmeldeweg lässt sich hier nicht verwenden.',
    'Wählen Sie einen anderen Weg.',
  ],

  'guess.locked': [
    'Es gab zu viele falsche Versuche.',
    'Warten Sie und versuchen Sie es {retry} noch einmal. Ein anderer Anmeldeweg funktioniert inzwischen.',
  ],
  'guess.suspended': [
    'Es gab zu viele falsche Versuche, darum ist dieser Anmeldeweg abgeschaltet.',
    'Wählen Sie einen anderen Weg oder bitten Sie den Helpdesk, ihn wieder einzuschalten.',
  ],

  'name.empty': [
    'Sie haben keinen Namen eingegeben.',
    'Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.',
  ],
  'name.malformed': [
    'Der Name enthält Zeichen, die in keinem Namen vorkommen.',
    'Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.',
  ],
  'name.too_long': ['Der Name ist zu lang.', 'Geben Sie Ihre E-Mail-Adresse oder Ihren Benutzernamen ein.'],

  'password.empty': ['Sie haben kein Passwort eingegeben.', 'Geben Sie Ihr Passwort ein.'],
  'password.malformed': [
    'Das Passwort enthält Zeichen, die nicht verwendet werden können.',
    'Lassen Sie Zeilenumbrüche und Steuerzeichen weg.',
  ],
  'password.too_short': [
    'Das Passwort ist zu kurz.',
    'Verwenden Sie mindestens {minimum} Zeichen, zum Beispiel vier Wörter ohne Zusammenhang.',
  ],
  'password.too_long': ['Das Passwort ist zu lang.', 'Wählen Sie ein kürzeres.'],
  'password.common': [
    'Viele verwenden dieses Passwort, darum versuchen Angreifer es zuerst.',
    'Wählen Sie eines, das sonst niemand hat, zum Beispiel vier Wörter ohne Zusammenhang.',
  ],
  'password.context': [
    'Das Passwort besteht aus Ihrem Namen, Ihrer Organisation oder diesem Produkt.',
    'Wählen Sie Wörter, die nichts mit Ihnen zu tun haben.',
  ],
  'password.spray': ['Dieses Passwort wird gerade an vielen Konten ausprobiert.', 'Wählen Sie ein anderes.'],
  'password.current_wrong': ['Ihr bisheriges Passwort ist nicht richtig.', 'Geben Sie es noch einmal ein.'],
  'password.same': ['Das ist Ihr bisheriges Passwort.', 'Wählen Sie ein anderes.'],

  'otp.malformed': [
    'Der Code muss aus sechs Ziffern bestehen.',
    'Geben Sie den Code ein, den die App jetzt anzeigt.',
  ],
  'otp.too_short': ['Der Code ist zu kurz.', 'Geben Sie alle sechs Ziffern ein, die die App jetzt anzeigt.'],
  'otp.too_long': [
    'Der Code ist zu lang.',
    'Geben Sie nur die sechs Ziffern ein, die die App jetzt anzeigt.',
  ],
  'otp.wrong': [
    'Der Code ist nicht richtig.',
    'Prüfen Sie, ob die App dieses Konto anzeigt, und geben Sie den Code ein, den sie jetzt anzeigt.',
  ],
  'otp.replayed': [
    'Dieser Code wurde schon verwendet.',
    'Warten Sie, bis die App einen neuen Code anzeigt, und geben Sie diesen ein.',
  ],
  'otp.clock': [
    'Der Code ist nicht richtig. Die Uhr Ihres Telefons geht vermutlich falsch.',
    'Stellen Sie die Uhrzeit auf automatisch. Hier ist es {time}. Geben Sie dann einen neuen Code ein.',
  ],
  'otp.clock_ahead': [
    'Der Code kommt zu früh: Die Uhr Ihres Telefons geht vor.',
    'Stellen Sie die Uhrzeit auf automatisch. Hier ist es {time}. Geben Sie dann einen neuen Code ein.',
  ],
  'otp.clock_behind': [
    'Der Code ist zu alt: Die Uhr Ihres Telefons geht nach.',
    'Stellen Sie die Uhrzeit auf automatisch. Hier ist es {time}. Geben Sie dann einen neuen Code ein.',
  ],

  'recovery_code.malformed': [
    'Das ist kein vollständiger Wiederherstellungscode.',
    'Geben Sie alle 16 Zeichen eines Codes ein.',
  ],
  'recovery_code.wrong': [
    'Dieser Code gilt nicht.',
    'Prüfen Sie ihn oder nehmen Sie den nächsten. Codes einer älteren Liste gelten nicht mehr.',
  ],
  'recovery_code.used': ['Dieser Code wurde schon verwendet.', 'Nehmen Sie einen anderen von Ihrer Liste.'],
  'temporary_pass.malformed': ['Das ist kein vollständiger Zugangscode.', 'Geben Sie alle 16 Zeichen ein.'],
  'temporary_pass.wrong': [
    'Dieser Zugangscode gilt nicht.',
    'Prüfen Sie ihn oder bitten Sie den Helpdesk um einen neuen.',
  ],
  'temporary_pass.expired': ['Dieser Zugangscode ist abgelaufen.', 'Bitten Sie den Helpdesk um einen neuen.'],
  'temporary_pass.too_early': [
    'Dieser Zugangscode gilt noch nicht.',
    'Versuchen Sie es {retry} noch einmal.',
  ],
  'temporary_pass.used': [
    'Dieser Zugangscode wurde schon verwendet.',
    'Bitten Sie den Helpdesk um einen neuen.',
  ],

  'factor.last_strong': ['Es ist Ihr letzter starker Anmeldeweg.', 'Fügen Sie zuerst einen anderen hinzu.'],
  'factor.last_way_in': ['Es ist Ihr einziger Anmeldeweg.', 'Fügen Sie zuerst einen anderen hinzu.'],
  'factor.needed': ['Ihre Organisation verlangt ihn.', 'Fragen Sie Ihre IT, wenn Sie das ändern möchten.'],
  'factor.unknown': ['Dieser Anmeldeweg ist schon entfernt.', 'Die Liste unten zeigt, was Sie jetzt haben.'],
  'factor.name_empty': ['Der Name ist leer.', 'Geben Sie einen Namen ein, den Sie wiedererkennen.'],
  'factor.name_malformed': [
    'Der Name ist leer, zu lang oder enthält Zeichen, die nicht verwendet werden können.',
    'Wählen Sie einen anderen Namen.',
  ],
  'factor.none_enrolled': [
    'Sie haben dafür nichts eingerichtet.',
    'Wählen Sie einen anderen Weg oder fragen Sie den Helpdesk.',
  ],
  'factor.not_strong_enough': [
    'Dieser Anmeldeweg ist nicht stark genug für das, was Sie öffnen möchten.',
    'Verwenden Sie einen Passkey oder einen Sicherheitsschlüssel.',
  ],
  'step_up.required': [
    'Vorher müssen Sie noch einmal nachweisen, dass Sie es sind.',
    'Melden Sie sich noch einmal an und wiederholen Sie dann, was Sie tun wollten.',
  ],
  'enrolment.expired': [
    'Das Einrichten hat zu lange gedauert.',
    'Beginnen Sie diesen Schritt neu. Es wurde nichts gespeichert.',
  ],
  'enrolment.raced': [
    'In Ihrem Konto hat sich im selben Moment etwas anderes geändert.',
    'Prüfen Sie, was Sie jetzt haben, und versuchen Sie es noch einmal.',
  ],
  'enrolment.no_grant': [
    'Sie müssen zuerst nachweisen, wer Sie sind.',
    'Melden Sie sich an und versuchen Sie es dann noch einmal.',
  ],
  'enrolment.restricted': [
    'Ihr Konto muss eingerichtet sein, bevor Sie etwas öffnen können.',
    'Schließen Sie die Schritte auf dieser Seite ab.',
  ],
  'policy.denied': [
    'Die Regeln Ihrer Organisation erlauben diese Anmeldung nicht.',
    'Fragen Sie Ihre IT. Vorgang {reference}.',
  ],
  'account.unavailable': [
    'Mit diesem Konto können Sie sich nicht anmelden.',
    'Fragen Sie Ihre IT. Vorgang {reference}.',
  ],

  'invitation.used': [
    'Dieser Link wurde schon verwendet.',
    'Wenn Sie es waren, melden Sie sich an. Wenn nicht, informieren Sie sofort Ihre IT.',
  ],
  'invitation.expired': ['Dieser Link ist abgelaufen.', 'Bitten Sie um einen neuen.'],
  'invitation.unknown': [
    'Dieser Link ist unvollständig oder wurde durch einen neueren ersetzt.',
    'Öffnen Sie die neueste E-Mail und verwenden Sie den ganzen Link.',
  ],

  'setup.closed': ['Diese Organisation ist schon eingerichtet.', 'Melden Sie sich stattdessen an.'],
  'setup.link_void': [
    'Dieser Einrichtungslink ist nicht der richtige, oder es gibt einen neueren.',
    'Verwenden Sie den ganzen Link, den der Server bei seinem letzten Start ausgegeben hat.',
  ],
  'setup.raced': [
    'Jemand anderes hat die Einrichtung im selben Moment abgeschlossen.',
    'Fragen Sie nach, oder starten Sie den Server neu, um den Stand zu sehen.',
  ],
  'setup.address_unusable': [
    'Diese Adresse lässt sich nicht verwenden.',
    'Schreiben Sie sie wie https://login.example.com, ohne Pfad. Nur localhost darf http verwenden.',
  ],
  'setup.address_stated': [
    'In den Einstellungen des Servers steht eine andere Adresse.',
    'Verwenden Sie diese, oder ändern Sie die Einstellungen und starten Sie den Server neu.',
  ],
  'setup.address_differs': [
    'Die Adresse ist eine andere als die in Ihrem Browser.',
    'Öffnen Sie diese Seite unter der öffentlichen Adresse oder korrigieren Sie das Feld.',
  ],
  'field.email': ['Das ist keine E-Mail-Adresse.', 'Schreiben Sie sie wie name@example.com.'],
  'field.empty': ['Hier fehlt etwas.', 'Füllen Sie dieses Feld aus.'],
  'field.too_long': ['Das ist zu lang.', 'Kürzen Sie es.'],
  'field.malformed': ['Das enthält Zeichen, die nicht verwendet werden können.', 'Korrigieren Sie es.'],
} as const;

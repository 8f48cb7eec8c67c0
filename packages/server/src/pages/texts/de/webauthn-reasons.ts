/** Why a passkey or security key was not accepted or not set up. */
export const webauthnReasons = {
  'webauthn.cancelled': [
    'Der Vorgang wurde abgebrochen oder hat zu lange gedauert.',
    'Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg.',
  ],
  'webauthn.failed': [
    'Ihr Browser konnte den Vorgang nicht abschließen.',
    'Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg.',
  ],
  'webauthn.unsupported': [
    'Dieser Browser oder dieser Schlüssel kann das nicht.',
    'Wählen Sie einen anderen Weg oder einen anderen Browser.',
  ],
  'webauthn.needs_pin': [
    'Der Schlüssel hat keine PIN, oder Ihr Gerät hat keine Bildschirmsperre.',
    'Richten Sie sie in den Einstellungen des Schlüssels oder Geräts ein und versuchen Sie es noch einmal.',
  ],
  'webauthn.wrong_site': [
    'Ihr Browser hat abgelehnt, weil die Adresse dieser Seite nicht die eingerichtete ist.',
    'Sagen Sie Ihrer Administration: Die öffentliche Adresse muss die im Browser sein. Vorgang {reference}.',
  ],
  'webauthn.malformed': [
    'Ihr Browser hat etwas gesendet, das wir nicht lesen konnten.',
    'Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg.',
  ],
  'webauthn.challenge_expired': ['Es hat zu lange gedauert.', 'Versuchen Sie es noch einmal.'],
  'webauthn.wrong_challenge': [
    'Diese Antwort gehörte zu einem früheren Versuch.',
    'Versuchen Sie es noch einmal.',
  ],
  'webauthn.wrong_origin': [
    'Der Passkey wurde unter einer anderen Adresse verwendet.',
    'Prüfen Sie die Adresse in Ihrem Browser und informieren Sie Ihre IT. Vorgang {reference}.',
  ],
  'webauthn.wrong_rp': [
    'Der Passkey gehört zu einer anderen Website.',
    'Wählen Sie einen für diese Website oder einen anderen Weg.',
  ],
  'webauthn.wrong_type': [
    'Ihr Browser hat etwas gesendet, das wir nicht lesen konnten.',
    'Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg.',
  ],
  'webauthn.cross_origin': [
    'Der Passkey wurde innerhalb einer anderen Seite verwendet.',
    'Öffnen Sie diese Seite für sich und versuchen Sie es noch einmal.',
  ],
  'webauthn.user_not_present': [
    'Der Schlüssel wurde nicht berührt.',
    'Versuchen Sie es noch einmal und berühren Sie den Schlüssel, wenn er blinkt.',
  ],
  'webauthn.user_not_verified': [
    'Der Schlüssel hat weder PIN noch Fingerabdruck oder Gesicht geprüft.',
    'Richten Sie eine PIN ein und fügen Sie den Schlüssel neu hinzu, oder wählen Sie einen anderen Weg.',
  ],
  'webauthn.unknown_credential': [
    'Dieser Passkey ist hier nicht bekannt.',
    'Wählen Sie einen anderen Passkey oder einen anderen Weg.',
  ],
  'webauthn.wrong_user': [
    'Dieser Passkey gehört zu einem anderen Konto.',
    'Wählen Sie einen anderen oder beginnen Sie neu.',
  ],
  'webauthn.bad_signature': [
    'Dieser Passkey ist hier nicht bekannt.',
    'Wählen Sie einen anderen Passkey oder einen anderen Weg.',
  ],
  'webauthn.backup_flags': [
    'Der Schlüssel hat etwas Unmögliches gemeldet.',
    'Wählen Sie einen anderen Weg und informieren Sie Ihre IT. Vorgang {reference}.',
  ],
  'webauthn.counter_regressed': [
    'Dieser Schlüssel wurde möglicherweise kopiert, darum haben wir ihn nicht angenommen.',
    'Wählen Sie einen anderen Weg und informieren Sie Ihre IT. Vorgang {reference}.',
  ],
  'webauthn.already_registered': [
    'Dieses Gerät oder dieser Schlüssel ist schon eingerichtet.',
    'Sie können sich damit anmelden. Um etwas hinzuzufügen, wählen Sie ein anderes Gerät oder einen anderen Schlüssel.',
  ],
  'webauthn.wrong_algorithm': [
    'Dieser Schlüssel verwendet ein Verfahren, das hier nicht erlaubt ist.',
    'Verwenden Sie einen anderen Schlüssel.',
  ],
  'webauthn.attestation_refused': [
    'Der Hersteller dieses Schlüssels ließ sich nicht prüfen.',
    'Ihre Organisation erlaubt nur geprüfte Schlüssel. Verwenden Sie einen, den sie ausgegeben hat.',
  ],
  'webauthn.model_compromised': [
    'Dieses Schlüsselmodell hat eine bekannte Schwachstelle.',
    'Verwenden Sie ein anderes Modell.',
  ],
  'webauthn.not_allowed_model': [
    'Ihre Organisation erlaubt dieses Schlüsselmodell nicht.',
    'Verwenden Sie eines, das sie ausgegeben hat.',
  ],
  'webauthn.synced_key_refused': [
    'Dieser Passkey würde auf andere Geräte kopiert; das erlaubt Ihre Organisation nicht.',
    'Verwenden Sie einen Sicherheitsschlüssel oder speichern Sie den Passkey nur auf diesem Gerät.',
  ],
  'webauthn.not_discoverable': [
    'Auf diesem Schlüssel ist kein Platz für einen Passkey.',
    'Schaffen Sie Platz oder verwenden Sie einen anderen Schlüssel.',
  ],
} as const;

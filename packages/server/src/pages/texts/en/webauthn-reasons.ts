/** Why a passkey or security key was not accepted or not set up. */
export const webauthnReasons = {
  'webauthn.cancelled': ['It was cancelled, or took too long.', 'Try again, or use another way.'],
  'webauthn.failed': ['Your browser could not finish this.', 'Try again, or use another way.'],
  'webauthn.unsupported': [
    'This browser or this key cannot do that.',
    'Use another way, or another browser.',
  ],
  'webauthn.needs_pin': [
    'The key has no PIN, or your device has no screen lock.',
    'Set one up in the settings of the key or device, then try again.',
  ],
  'webauthn.wrong_site': [
    'Your browser refused, because the address of this page is not the one set up.',
    'Tell your administrator: the public address must be the one in the browser. Reference {reference}.',
  ],
  'webauthn.malformed': [
    'Your browser sent something that we could not read.',
    'Try again, or use another way.',
  ],
  'webauthn.challenge_expired': ['It took too long.', 'Try again.'],
  'webauthn.wrong_challenge': ['That answer was for an earlier attempt.', 'Try again.'],
  'webauthn.wrong_origin': [
    'The passkey was used at another address.',
    'Check that the address in your browser is right, and tell your IT team. Reference {reference}.',
  ],
  'webauthn.wrong_rp': [
    'The passkey belongs to another site.',
    'Choose one for this site, or use another way.',
  ],
  'webauthn.wrong_type': [
    'Your browser sent something that we could not read.',
    'Try again, or use another way.',
  ],
  'webauthn.cross_origin': [
    'The passkey was used inside another page.',
    'Open this page on its own and try again.',
  ],
  'webauthn.user_not_present': ['The key was not touched.', 'Try again, and touch the key when it blinks.'],
  'webauthn.user_not_verified': [
    'The key did not ask for a PIN, fingerprint or face.',
    'Set a PIN on the key and add it again, or use another way.',
  ],
  'webauthn.unknown_credential': [
    'That passkey is not known here.',
    'Choose another one, or use another way.',
  ],
  'webauthn.wrong_user': ['That passkey belongs to another account.', 'Choose another one, or start again.'],
  'webauthn.bad_signature': ['That passkey is not known here.', 'Choose another one, or use another way.'],
  'webauthn.backup_flags': [
    'The key reported something impossible.',
    'Use another way and tell your IT team. Reference {reference}.',
  ],
  'webauthn.counter_regressed': [
    'This key may have been copied, so we did not accept it.',
    'Use another way and tell your IT team. Reference {reference}.',
  ],
  'webauthn.already_registered': [
    'This device or key is already set up.',
    'You can use it to sign in. To add another one, choose another device or key.',
  ],
  'webauthn.wrong_algorithm': ['This key uses a method that is not allowed here.', 'Use another key.'],
  'webauthn.attestation_refused': [
    'The maker of this key could not be verified.',
    'Your organisation allows only verified keys. Use one that it handed out.',
  ],
  'webauthn.model_compromised': ['This model of key has a known weakness.', 'Use another model.'],
  'webauthn.not_allowed_model': [
    'Your organisation does not allow this model of key.',
    'Use one that it handed out.',
  ],
  'webauthn.synced_key_refused': [
    'This passkey would be copied to other devices, which your organisation does not allow.',
    'Use a security key, or save the passkey on this device only.',
  ],
  'webauthn.not_discoverable': [
    'This key has no room for a passkey.',
    'Free some room on it, or use another key.',
  ],
} as const;

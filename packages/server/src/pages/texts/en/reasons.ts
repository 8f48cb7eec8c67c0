/** What happened, and what to do next. A wrong name and a wrong password have one wording (R-PRV-01). */
export const reasons = {
  'oidc.unknown_app': [
    'The app that sent you here is not registered.',
    'Nothing was shared with it. Go back, or tell whoever runs the app.',
  ],
  'oidc.redirect_not_registered': [
    'The app asked to send you to an address that is not registered for it.',
    'We did not follow it. Tell whoever runs the app to register its exact return address.',
  ],
  'oidc.bad_request': [
    'The app sent a request that we cannot accept.',
    'Nothing was shared with it. Go back to the app and try again; if it stays, tell whoever runs it.',
  ],
  'oidc.request_gone': [
    'This sign-in to the app is no longer waiting.',
    'Go back to the app and start again.',
  ],
  'oidc.failed': [
    'Something went wrong on our side while signing you in to the app.',
    'You were not signed in to it. Go back to the app and try again in a moment.',
  ],
  'http.not_found': ['There is no such page.', 'Check the address, or go to your own page.'],
  'request.other_origin': [
    'This request came from another site.',
    'Nothing was changed. Open our page yourself and try again.',
  ],
  'store.sealed_value': [
    'A stored secret could not be read.',
    'Nothing was granted. Tell your IT team, with the reference below.',
  ],
  unknown: [
    'That did not work.',
    'Try again. If it happens again, tell your IT team the reference {reference}.',
  ],

  'signin.wrong_pair': ['The name and the password do not match.', 'Check both and try again.'],
  'signin.wrong_proof': ['That did not work.', 'Try again, or use another way.'],
  'signin.busy': [
    'Many people are signing in right now.',
    'Nothing is wrong with your account. Try again {retry}.',
  ],
  'signin.expired': ['This sign-in took too long and has ended.', 'Start again. Nothing was changed.'],
  'signin.over': ['This sign-in is already finished.', 'Go back to the application you wanted to open.'],
  'signin.other_person': [
    'That belongs to another account.',
    'Start again with the name of the account you want to use.',
  ],
  'signin.no_evidence': ['We do not know yet that it’s you.', 'Start the sign-in again.'],
  'signin.unknown': [
    'This sign-in does not exist, or belongs to another browser.',
    'Go back to the application and start again there.',
  ],

  'signin.raced': ['This page was used in two places at once.', 'Try again in this one.'],
  'signin.revoked': ['This sign-in was ended, because something changed in your account.', 'Start again.'],
  'signin.method_not_offered': ['This way to sign in cannot be used here.', 'Choose another way.'],

  'guess.locked': [
    'There were too many wrong attempts.',
    'Wait, then try again {retry}. Another way to sign in works meanwhile.',
  ],
  'guess.suspended': [
    'There were too many wrong attempts, so this way to sign in is switched off.',
    'Use another way, or ask your helpdesk to switch it on again.',
  ],

  'name.empty': ['You did not enter a name.', 'Enter your e-mail address or username.'],
  'name.malformed': [
    'That name has characters that no name can have.',
    'Enter your e-mail address or username.',
  ],
  'name.too_long': ['That name is too long.', 'Enter your e-mail address or username.'],

  'password.empty': ['You did not enter a password.', 'Enter your password.'],
  'password.malformed': [
    'The password has characters that cannot be used.',
    'Leave out line breaks and control characters.',
  ],
  'password.too_short': [
    'The password is too short.',
    'Use at least {minimum} characters, for example four unrelated words.',
  ],
  'password.too_long': ['The password is too long.', 'Choose a shorter one.'],
  'password.common': [
    'Many people use this password, so attackers try it first.',
    'Choose one that nobody else has, for example four unrelated words.',
  ],
  'password.context': [
    'The password is made of your name, your organisation or this product.',
    'Choose words that have nothing to do with you.',
  ],
  'password.spray': ['This password is being tried on many accounts right now.', 'Choose another one.'],
  'password.current_wrong': ['Your current password is not right.', 'Enter it again.'],
  'password.same': ['That is your present password.', 'Choose another one.'],

  'otp.malformed': ['The code must be six digits.', 'Enter the code that the app shows now.'],
  'otp.too_short': ['The code is too short.', 'Enter all six digits that the app shows now.'],
  'otp.too_long': ['The code is too long.', 'Enter only the six digits that the app shows now.'],
  'otp.wrong': [
    'That code is not right.',
    'Check that the app shows this account, and enter the code it shows now.',
  ],
  'otp.replayed': ['That code was used already.', 'Wait until the app shows a new code, and enter that one.'],
  'otp.clock': [
    'That code is not right. The clock of your phone seems to be wrong.',
    'Set its time to automatic. Here it is {time}. Then enter a new code.',
  ],
  'otp.clock_ahead': [
    'That code comes too early: the clock of your phone is fast.',
    'Set its time to automatic. Here it is {time}. Then enter a new code.',
  ],
  'otp.clock_behind': [
    'That code is too old: the clock of your phone is slow.',
    'Set its time to automatic. Here it is {time}. Then enter a new code.',
  ],

  'recovery_code.malformed': [
    'That is not a whole recovery code.',
    'Enter all sixteen characters of one code.',
  ],
  'recovery_code.wrong': [
    'That code does not work.',
    'Check it, or use the next one. Codes of an older set no longer work.',
  ],
  'recovery_code.used': ['That code was used already.', 'Use another one from your list.'],
  'temporary_pass.malformed': ['That is not a whole temporary pass.', 'Enter all sixteen characters.'],
  'temporary_pass.wrong': ['That pass does not work.', 'Check it, or ask your helpdesk for a new one.'],
  'temporary_pass.expired': ['That pass has expired.', 'Ask your helpdesk for a new one.'],
  'temporary_pass.too_early': ['That pass is not valid yet.', 'Try again {retry}.'],
  'temporary_pass.used': ['That pass was used already.', 'Ask your helpdesk for a new one.'],

  'factor.last_strong': ['It is your last strong way to sign in.', 'Add another one first.'],
  'factor.last_way_in': ['It is your only way in.', 'Add another one first.'],
  'factor.needed': ['Your organisation requires it.', 'Ask your IT team if you want to change that.'],
  'factor.unknown': ['It is already gone.', 'The list below shows what you have now.'],
  'factor.name_empty': ['The name is empty.', 'Enter a name that you will recognise.'],
  'factor.name_malformed': [
    'That name is empty, too long or has characters that cannot be used.',
    'Choose another name.',
  ],
  'factor.none_enrolled': ['You have nothing set up for this.', 'Use another way, or ask your helpdesk.'],
  'factor.not_strong_enough': [
    'This way to sign in is not strong enough for what you want to open.',
    'Use a passkey or a security key.',
  ],
  'step_up.required': [
    'Before that, you have to prove once more that it’s you.',
    'Sign in again, then repeat what you wanted to do.',
  ],
  'enrolment.expired': ['Setting this up took too long.', 'Start this step again. Nothing was saved.'],
  'enrolment.raced': [
    'Something else changed in your account at the same moment.',
    'Check what you have now, and try again.',
  ],
  'enrolment.no_grant': ['You have to prove first who you are.', 'Sign in, then try again.'],
  'enrolment.restricted': [
    'Your account has to be set up before you can open anything.',
    'Finish the steps on this page.',
  ],
  'policy.denied': [
    'Your organisation’s rules do not allow this sign-in.',
    'Ask your IT team. Reference {reference}.',
  ],
  'account.unavailable': [
    'You cannot sign in with this account.',
    'Ask your IT team. Reference {reference}.',
  ],

  'invitation.used': [
    'This link was used already.',
    'If it was you, sign in. If not, tell your IT team at once.',
  ],
  'invitation.expired': ['This link has expired.', 'Ask for a new one.'],
  'invitation.unknown': [
    'This link is not complete, or was replaced by a newer one.',
    'Open the newest mail and use the whole link.',
  ],

  'setup.closed': ['This organisation is already set up.', 'Sign in instead.'],
  'setup.link_void': [
    'This setup link is not the right one, or a newer one was made.',
    'Use the whole link that the server printed when it last started.',
  ],
  'setup.raced': [
    'Somebody else finished the setup at the same moment.',
    'Ask them, or restart the server to see how it stands.',
  ],
  'setup.address_unusable': [
    'This address cannot be used.',
    'Write it like https://login.example.com, without a path. Only localhost may use http.',
  ],
  'setup.address_stated': [
    'The settings of the server state another address.',
    'Use that one, or change the settings and restart the server.',
  ],
  'setup.address_differs': [
    'The address differs from the one in your browser.',
    'Open this page under the public address, or correct the field.',
  ],
  'field.email': ['That is not an e-mail address.', 'Write it like name@example.com.'],
  'field.empty': ['Something is missing here.', 'Fill in this field.'],
  'field.too_long': ['This is too long.', 'Shorten it.'],
  'field.malformed': ['This has characters that cannot be used.', 'Correct it.'],
} as const;

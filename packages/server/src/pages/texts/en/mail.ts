export const mail = {
  'mail.hello': 'Hello {name},',
  'mail.about.account': 'Account: {login} at {host}',
  'mail.about.when': 'When: {when}',
  'mail.about.where': 'From: network address {address} (this tells the place only roughly)',
  'mail.about.agent': 'With: {agent}',
  'mail.not_you.contact':
    'If this was not you: tell {contact} today, and check your ways to sign in at {security}',
  'mail.not_you.no_contact':
    'If this was not you: tell your IT team today, and check your ways to sign in at {security}',
  'mail.never': 'We never ask for a code or a password, neither by mail nor by phone.',
  'mail.questions.contact': 'If you have a question, ask {contact}.',
  'mail.questions.no_contact': 'If you have a question, ask your IT team.',
  'mail.was_you': 'If this was you, there is nothing to do.',
  'mail.sign': '{organisation}, by Countersign. Nobody reads answers to this mail.',
  'mail.link.unexpected': 'If you did not expect this mail, do not use the link and tell your IT team.',
  'mail.link.private': 'The link is for you alone and works once, until {expires}. Do not pass it on.',
  'mail.invitation.subject': 'Set up your account at {organisation}',
  'mail.invitation.text': 'An account was made for you at {organisation}. Choose how you sign in:',
  'mail.recovery_link.subject': 'Get back into your account at {organisation}',
  'mail.recovery_link.text': 'With this link you set up new ways to sign in to your account:',
  'mail.factor_added.subject': 'New way to sign in: {method}',
  'mail.factor_added.text': 'A new way to sign in was added to your account: {method}, named “{factor}”.',
  'mail.factor_removed.subject': 'Way to sign in removed: {method}',
  'mail.factor_removed.text':
    'A way to sign in was removed from your account: {method}, named “{factor}”. It no longer works.',
  'mail.password_changed.subject': 'Your password was changed',
  'mail.password_changed.text': 'The password of your account was changed.',
  'mail.recovery_code_used.subject': 'A recovery code was used',
  'mail.recovery_code_used.one':
    'Somebody signed in to your account with a recovery code. You have one code left. Make new ones at {security}',
  'mail.recovery_code_used.other':
    'Somebody signed in to your account with a recovery code. You have {left} codes left. You can make new ones at {security}',
  'mail.recovery_code_used.text':
    'Somebody signed in to your account with a recovery code. You can make new ones at {security}',
  'mail.recovery_codes_made.subject': 'New recovery codes were made',
  'mail.recovery_codes_made.text':
    'New recovery codes were made for your account. The old ones no longer work.',
  'mail.temporary_pass_issued.subject': 'A temporary pass was issued',
  'mail.temporary_pass_issued.text':
    'Your helpdesk issued a temporary pass for your account. It works until {expires}. Whoever has it can sign in as you.',
  'mail.temporary_pass_used.subject': 'A temporary pass was used',
  'mail.temporary_pass_used.text': 'Somebody signed in to your account with a temporary pass.',
  'mail.factor_locked.subject': 'Too many wrong attempts: {method}',
  'mail.factor_locked.until':
    'There were too many wrong attempts on your account with this way to sign in: {method}. It is paused until {until}. Your other ways to sign in work.',
  'mail.factor_locked.for_good':
    'There were too many wrong attempts on your account with this way to sign in: {method}. It is switched off until your helpdesk switches it on. Your other ways to sign in work.',
  'mail.signed_in_new_browser.subject': 'Sign-in with a new browser',
  'mail.signed_in_new_browser.text':
    'Your account was used to sign in with a browser that we have not seen before.',
  'mail.sessions_ended.subject': 'You were signed out',
  'mail.sessions_ended.text': 'All sessions of your account were ended. You have to sign in again.',
  'mail.email_changed.subject': 'The e-mail address of your account was changed',
  'mail.email_changed.text':
    'The e-mail address of your account was changed. Mails about it no longer come here.',
  'mail.recovery_link_used.subject': 'A recovery link for your account was used',
  'mail.recovery_link_used.text':
    'A recovery link for your account was used. Every other session was ended; new ways to sign in can now be set up.',
  'mail.key_alarm.subject': 'A copy of your key may exist',
  'mail.key_alarm.text':
    'A sign-in with one of your keys was refused, because the key seems to have been used elsewhere at the same time. Remove the key and tell your IT team.',
  'mail.recovery_alarm.subject': 'A way back into a privileged account was made',
  'mail.recovery_alarm.text':
    'Whoever has the machine made a link or a pass that lets the account named below set up new ways to sign in. If no owner asked for it, end its sessions and look at the log.',
  'mail.account_disabled.subject': 'Your account was switched off',
  'mail.account_disabled.text': 'Your account was switched off. Nobody can sign in with it now.',
} as const;

/** Why a request, or a session, got no answer of its own. */
export const requestReasons = {
  'session.ended': ['You are signed out.', 'Sign in again.'],
  'session.expired': ['You were signed in for the longest time allowed.', 'Sign in again.'],
  'session.idle': ['You were away for a while, so we signed you out.', 'Sign in again.'],
  'session.revoked': ['This session was ended.', 'Sign in again. If you do not know why, tell your IT team.'],

  'session.unknown': ['That session has ended already.', 'The list below shows where you are signed in now.'],

  'store.unavailable': [
    'We cannot reach our store at the moment.',
    'Nothing was changed. Try again {retry}.',
  ],
  'request.malformed': ['Your browser sent something that we could not read.', 'Go back and try again.'],
  'request.too_large': ['That was more than this page takes.', 'Go back and send less.'],
  'request.not_found': ['There is no page at this address.', 'Check the address, or go to the start page.'],
  'request.method': ['This address cannot be opened in that way.', 'Go to the start page and begin there.'],
  'request.rate': ['There were too many requests from your network.', 'Wait, then try again {retry}.'],
  'request.media_type': ['Your browser sent something that we could not read.', 'Go back and try again.'],
  'request.origin': [
    'The form came from another site, so we did not accept it.',
    'Open the page here and try again.',
  ],
  'server.fault': [
    'Something failed on our side.',
    'It is not your fault, and it is recorded. Try again. Reference {reference}.',
  ],
} as const;

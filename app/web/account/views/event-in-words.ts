// The kinds of events in words. One that an older version wrote is said as it is spelled.
import type { EventKind } from '../../../accounts/accounts.ts'

const inWords = {
  'signed-up': 'Signed up',
  'signed-in': 'Signed in',
  'sign-in-refused': 'Somebody tried to sign in and was refused',
  'signed-out': 'Logged out',
  'session-ended': 'Other sessions were ended',
  'password-confirmed': 'The password was typed again',
  'password-refused': 'Somebody typed a wrong password',
  'password-changed': 'The password was changed',
  'time-zone-changed': 'The time zone was changed',
  exported: 'Everything was exported',
  'account-deleted': 'The account was deleted',
  connected: 'Connected',
  'connect-refused': 'A return from Attio was refused',
  reconnected: 'Reconnected',
  disconnected: 'Disconnected',
  revoked: 'The access token was revoked at Attio for',
  'revocation-failed': 'The access token could not be revoked at Attio for',
  'needs-reconnect': 'Attio stopped accepting the access token of',
  'scopes-changed': 'The permissions changed at',
  'key-changed': 'The encryption key was changed for',
  'webhook-made': 'Attio was asked to tell Taskr of changes in',
  'webhook-made-again': 'Attio was asked again to tell Taskr of changes in',
  'webhook-removed': 'Attio no longer tells Taskr of changes in',
  'webhook-left': 'Attio could not be asked to stop telling Taskr of changes in',
  'token-unreadable': 'Taskr can no longer read the access token of',
} satisfies Record<EventKind, string>

const words: ReadonlyMap<string, string> = new Map(Object.entries(inWords))

export function eventInWords(kind: string): string {
  const known = words.get(kind)
  if (known !== undefined) return known
  const spelled = kind.replaceAll('-', ' ')
  return spelled.charAt(0).toUpperCase() + spelled.slice(1)
}

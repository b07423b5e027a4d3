// Puts event kinds in words. An unknown kind, from another version, is shown as stored.
import type { EventKind } from '../../../accounts/accounts.ts'

const inWords = {
  'signed-up': 'Signed up',
  'signed-in': 'Logged in',
  'sign-in-refused': 'Log-in refused',
  'signed-out': 'Logged out',
  'session-ended': 'Logged out elsewhere',
  'password-confirmed': 'Password confirmed',
  'password-refused': 'Wrong password entered',
  'password-changed': 'Password changed',
  'password-reset-asked': 'Password reset link mailed',
  'password-reset': 'Password reset by a mailed link',
  'address-asked': 'Confirmation link mailed',
  'address-verified': 'Email address confirmed',
  'address-removed': 'Email address removed',
  'second-factor-on': 'Two-step verification turned on',
  'second-factor-off': 'Two-step verification turned off',
  'code-refused': 'Wrong code entered',
  'codes-refused': 'Wrong codes entered',
  'recovery-code-used': 'Recovery code used',
  'recovery-codes-renewed': 'Recovery codes made',
  'passkey-added': 'Passkey added',
  'passkey-removed': 'Passkey removed',
  'passkey-confirmed': 'Confirmed with a passkey',
  'provider-confirmed': 'Confirmed through single sign-on',
  'passkey-copied': 'Passkey refused, it may have been copied',
  'time-zone-changed': 'Time zone changed',
  exported: 'Data exported',
  'sign-on-linked': 'Single sign-on linked',
  'sign-on-unlinked': 'Single sign-on unlinked',
  locked: 'Account locked',
  unlocked: 'Account unlocked',
  'sessions-ended-by-operator': 'Logged out everywhere',
  'reset-link-made': 'Password reset link made',
  'made-operator': 'Made an operator of this server',
  'unmade-operator': 'No longer an operator of this server',
  'account-deleted': 'Account deleted',
  connected: 'Connected',
  'connect-refused': 'Connection refused after returning from Attio',
  reconnected: 'Reconnected',
  disconnected: 'Disconnected',
  revoked: 'Access token revoked for',
  'revocation-failed': "Couldn't revoke the access token for",
  'needs-reconnect': 'Attio rejected the access token for',
  'scopes-changed': 'Permissions changed for',
  'key-changed': 'Encryption key changed for',
  'webhook-made': 'Webhook created for',
  'webhook-made-again': 'Webhook created again for',
  'webhook-removed': 'Webhook removed for',
  'webhook-left': "Couldn't remove the webhook for",
  'token-unreadable': "Couldn't read the access token for",
  invited: 'Invitation made for',
  'invitation-withdrawn': 'Invitation withdrawn for',
  'seat-joined': 'Joined',
  'seat-changed': 'Seat changed in',
  'seat-ended': 'Seat ended in',
  'handed-over': 'Connection handed over:',
} satisfies Record<EventKind, string>

const words: ReadonlyMap<string, string> = new Map(Object.entries(inWords))

export function eventInWords(kind: string): string {
  const known = words.get(kind)
  if (known !== undefined) return known
  const spelled = kind.replaceAll('-', ' ')
  return spelled.charAt(0).toUpperCase() + spelled.slice(1)
}

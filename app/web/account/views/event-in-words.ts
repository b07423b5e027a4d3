// The kinds of events in words. A kind that is not in the list is said as it is spelled.

const words: ReadonlyMap<string, string> = new Map([
  ['signed-up', 'Signed up'],
  ['signed-in', 'Signed in'],
  ['sign-in-refused', 'Somebody tried to sign in and was refused'],
  ['signed-out', 'Logged out'],
  ['session-ended', 'A session was ended'],
  ['password-changed', 'The password was changed'],
  ['time-zone-changed', 'The time zone was changed'],
  ['connecting-began', 'Began to connect Attio'],
  ['connected', 'Connected'],
  ['reconnected', 'Reconnected'],
  ['callback-refused', 'A return from Attio was refused'],
  ['connection-refused', 'A connection was refused'],
  ['needs-reconnect', 'Attio stopped accepting the access token of'],
  ['scopes-changed', 'The permissions changed at'],
  ['disconnected', 'Disconnected'],
  ['token-revoked', 'The access token was revoked at Attio for'],
  ['revocation-gave-up', 'The access token could not be revoked at Attio for'],
  ['exported', 'Everything was exported'],
  ['key-changed', 'The encryption key was changed for'],
])

export function eventInWords(kind: string): string {
  const known = words.get(kind)
  if (known !== undefined) return known
  const spelled = kind.replaceAll('-', ' ')
  return spelled.charAt(0).toUpperCase() + spelled.slice(1)
}

// Taskr as authenticators know it: the host of its address, which every passkey is bound to (WebAuthn §5.1.2).
import { isIP } from 'node:net'

export type RelyingParty = {
  /** The host. */
  readonly id: string
  readonly origin: string
}

/** Returns undefined for an IP address, because a passkey needs a name. */
export function relyingPartyOf(publicUrl: URL): RelyingParty | undefined {
  const { hostname, origin } = publicUrl
  const isAddress = isIP(hostname) !== 0 || hostname.startsWith('[')
  return isAddress ? undefined : { id: hostname, origin }
}

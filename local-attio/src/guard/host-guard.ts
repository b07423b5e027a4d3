// Refuses requests under a foreign Host name. A page of another site can point its own name at this
// machine (DNS rebinding) and would then be same-origin with this server.
import { isIP } from 'node:net'
import type { Settings } from '../parts.ts'
import { isOnThisMachine } from './loopback.ts'

/** Returns the reason for a refusal; undefined when the Host is one of this server's names. */
export function problemWithHost(
  hostname: string,
  { origin, allowedHosts }: Pick<Settings, 'origin' | 'allowedHosts'>,
): string | undefined {
  const isKnown =
    isOnThisMachine(hostname) ||
    // An IP address cannot be rebound.
    isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0 ||
    hostname === URL.parse(origin)?.hostname ||
    allowedHosts.includes(hostname)
  if (isKnown) return undefined
  return `This server does not answer as "${hostname}". Start it with --allow-host ${hostname} if it should.`
}

// The Host rule. A page of another site can point its own name at this machine (DNS rebinding), and is then
// same-origin with whatever answers there. So a request under a foreign name gets no further than this.
import { isIP } from 'node:net'
import type { Settings } from '../parts.ts'
import { isOnThisMachine } from './loopback.ts'

/** Returns why the request is refused; undefined when its Host is one of this server's names. */
export function problemWithHost(
  hostname: string,
  { origin, allowedHosts }: Pick<Settings, 'origin' | 'allowedHosts'>,
): string | undefined {
  const isKnown =
    isOnThisMachine(hostname) ||
    // An address cannot be rebound.
    isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0 ||
    hostname === URL.parse(origin)?.hostname ||
    allowedHosts.includes(hostname)
  if (isKnown) return undefined
  return `This server does not answer as "${hostname}". Start it with --allow-host ${hostname} if it should.`
}

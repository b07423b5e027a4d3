// Normalizes client addresses. Proxies add ports and brackets, and an IPv6 socket reports an IPv4 client as an
// IPv4-mapped IPv6 address.

import { isIPv4, isIPv6 } from 'node:net'

const longestText = 64

/** Returns the address without port, brackets and zone, as IPv4 if mapped. Any other text is truncated. */
export function plainAddress(text: string): string {
  const address = withoutPort(text.trim().slice(0, 2 * longestText)).toLowerCase()
  if (isIPv4(address)) return address
  return embeddedIPv4(ipv6Groups(address)) ?? address.slice(0, longestText)
}

/** Returns the eight groups of an IPv6 address, or undefined for anything else. */
export function ipv6Groups(address: string): readonly number[] | undefined {
  if (!isIPv6(address)) return undefined
  const text = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  const [head = '', tail = ''] = text.split('::')
  const before = numbersOf(head)
  const after = numbersOf(tail)
  const missing = Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array.from({ length: missing }, () => 0), ...after]
}

function numbersOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1]
  const [withoutZone = ''] = (bracketed ?? text).split('%')
  const [, host, port] = /^([\d.]+):(\d{1,5})$/.exec(withoutZone) ?? []
  return host !== undefined && port !== undefined ? host : withoutZone
}

/** ::ffff:192.0.2.1 (RFC 4291 §2.5.5.2) and 64:ff9b::192.0.2.1 (RFC 6052 §2.1) are 192.0.2.1. */
function embeddedIPv4(groups: readonly number[] | undefined): string | undefined {
  if (groups === undefined) return undefined
  const prefix = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':')
  if (prefix !== '0:0:0:0:0:ffff' && prefix !== '64:ff9b:0:0:0:0') return undefined
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.')
}

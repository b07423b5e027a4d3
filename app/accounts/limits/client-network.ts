// Which addresses count as one: an IPv4 address by itself, an IPv6 address with all of its /64,
// since a single machine may use any address in it.

import { isIPv4, isIPv6 } from 'node:net'

export function groupAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined && isIPv4(mapped)) return mapped
  return isIPv6(address) ? `${firstFourGroups(address)}::/64` : address.slice(0, 64)
}

function firstFourGroups(address: string): string {
  const [withoutZone = ''] = address.toLowerCase().split('%')
  const [head = '', tail] = withoutZone.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

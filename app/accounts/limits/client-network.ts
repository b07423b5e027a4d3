// Which addresses count as one client. A single machine may use any address of an IPv6 /64, and one customer may hold a
// /56 or a /48: each of them is counted.

import { isIPv4 } from 'node:net'
import { ipv6Groups, plainAddress } from './plain-address.ts'

export type ClientNetworks = {
  /** An IPv4 address, an IPv6 /64, or the text itself when it is no address. */
  readonly narrowest: string
  /** The /56 and the /48 around it, for IPv6. */
  readonly wider: readonly string[]
  /** What one customer of a provider has at most: the IPv4 /24, the IPv6 /48. */
  readonly widest: string
}

export function networksOf(address: string): ClientNetworks {
  const plain = plainAddress(address)
  if (isIPv4(plain)) {
    const around = `${plain.slice(0, plain.lastIndexOf('.'))}.0/24`
    return { narrowest: plain, wider: [], widest: around }
  }
  const groups = ipv6Groups(plain)
  if (groups === undefined) return { narrowest: plain, wider: [], widest: plain }
  const [first = 0, second = 0, third = 0, fourth = 0] = groups
  const written = (numbers: readonly number[], bits: number): string =>
    `${numbers.map((number) => number.toString(16)).join(':')}::/${bits}`
  const widest = written([first, second, third], 48)
  return {
    narrowest: written([first, second, third, fourth], 64),
    wider: [written([first, second, third, fourth & 0xff00], 56), widest],
    widest,
  }
}

/** Returns the network that a single client is counted by. */
export function clientNetwork(address: string): string {
  return networksOf(address).narrowest
}

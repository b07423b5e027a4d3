// Groups addresses into clients. One machine may use any address of an IPv6 /64, and one customer may have a /56 or a
// /48, so attempts are counted for all three.

import { isIPv4 } from 'node:net'
import { ipv6Groups, plainAddress } from './plain-address.ts'

export type ClientNetworks = {
  /** An IPv4 address, an IPv6 /64, or the text itself when it is not an address. */
  readonly narrowest: string
  /** For IPv6, the /56 and /48 that contain it. */
  readonly wider: readonly string[]
  /** The largest network that one customer usually has: an IPv4 /24 or an IPv6 /48. */
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

/** Returns the network under which a single client is counted. */
export function clientNetwork(address: string): string {
  return networksOf(address).narrowest
}

// Networks that the operator trusts, such as the company's own. Their requests are not counted by address.

import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { ipv6Groups, plainAddress } from './plain-address.ts'

export type IsExempt = (address: string) => boolean

/** Parses addresses and ranges such as 203.0.113.0/24. Throws a RangeError for anything else. */
export function createExemptNetworks(networks: readonly string[]): IsExempt {
  const list = new BlockList()
  for (const network of networks) add(list, network)
  return (address) => {
    const plain = plainAddress(address)
    if (isIPv4(plain)) return list.check(plain, 'ipv4')
    return isIPv6(plain) && list.check(plain, 'ipv6')
  }
}

/** True for an address or a range in CIDR notation. */
export function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? []
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1
  return bits === undefined ? most > 0 : Number(bits) <= most
}

/** The widest networks that one organisation has. */
const widestBits = { ipv4: 8, ipv6: 16 }

/**
 * True for a range wider than any organisation's, such as 0.0.0.0/0: it would exempt everyone. The private IPv6
 * addresses, fc00::/7, are an organisation's own.
 */
export function isVeryWideNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/')
  if (bits === undefined || !isNetwork(text)) return false
  if (isIPv4(address)) return Number(bits) < widestBits.ipv4
  // IPv4 addresses are also written as IPv6, in ::ffff:0:0/96.
  const groups = ipv6Groups(address) ?? []
  const isMapped = Number(bits) >= 96 && isIPv4(plainAddress(address))
  if (isMapped) return Number(bits) - 96 < widestBits.ipv4
  const isPrivate = ((groups[0] ?? 0) & 0xfe00) === 0xfc00 && Number(bits) >= 7
  return Number(bits) < widestBits.ipv6 && !isPrivate
}

function add(list: BlockList, network: string): void {
  if (!isNetwork(network)) throw new RangeError('An exempt network is an address or a range.')
  const [address = '', bits] = network.split('/')
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  if (bits === undefined) list.addAddress(address, family)
  else list.addSubnet(address, Number(bits), family)
}

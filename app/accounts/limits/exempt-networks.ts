// Networks that the operator trusts, such as the company's own. Their requests are not counted by address.

import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { plainAddress } from './plain-address.ts'

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

function add(list: BlockList, network: string): void {
  if (!isNetwork(network)) throw new RangeError('An exempt network is an address or a range.')
  const [address = '', bits] = network.split('/')
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  if (bits === undefined) list.addAddress(address, family)
  else list.addSubnet(address, Number(bits), family)
}

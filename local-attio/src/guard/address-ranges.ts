// Parses ranges of IP addresses as the command line and Docker write them.
import { BlockList, isIP } from 'node:net'

export type AddressRanges = { includes(address: string): boolean }

/**
 * Returns one predicate for the ranges. Each is an address or a CIDR range such as 172.16.0.0/12. Throws
 * on anything else.
 */
export function readAddressRanges(ranges: readonly string[]): AddressRanges {
  const list = new BlockList()
  for (const range of ranges) addRange(list, range)
  return {
    includes: (address) => {
      const plain = withoutMapping(address)
      return isIP(plain) !== 0 && list.check(plain, familyOf(plain))
    },
  }
}

function addRange(list: BlockList, range: string): void {
  const [address = '', prefix, ...more] = range.split('/')
  const longest = isIP(address) === 6 ? 128 : 32
  const bits = prefix === undefined ? longest : Number(prefix)
  const isRange = /^\d{1,3}$/.test(prefix ?? '0') && bits <= longest && more.length === 0
  if (isIP(address) === 0 || !isRange) {
    throw new Error(`"${range}" is not an IP address or a range such as 172.16.0.0/12.`)
  }
  list.addSubnet(address, bits, familyOf(address))
}

/** Returns the IPv4 address inside an IPv6 one such as ::ffff:127.0.0.1; other addresses are unchanged. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

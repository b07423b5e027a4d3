import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAddressRanges } from './address-ranges.ts'

test('a range includes the addresses inside it, and IPv4-mapped ones', () => {
  const ranges = readAddressRanges(['172.16.0.0/12', '10.1.2.3', 'fd00::/8'])
  for (const inside of ['172.17.0.1', '::ffff:172.17.0.1', '10.1.2.3', 'fd12::1']) {
    assert.equal(ranges.includes(inside), true, inside)
  }
  for (const outside of ['172.32.0.1', '10.1.2.4', 'fe80::1', '::1', '', 'in-process']) {
    assert.equal(ranges.includes(outside), false, outside)
  }
})

test('an unreadable address range is refused by name', () => {
  for (const wrong of ['docker', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0/8', '']) {
    assert.throws(() => readAddressRanges([wrong]), /is not an IP address or a range/, wrong)
  }
})

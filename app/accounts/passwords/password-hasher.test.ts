import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { systemRandomBytes as randomBytes } from '../../support/random.ts'
import { cheapParameters } from '../accounts-for-tests.ts'
import { createArgon2id } from './argon2id.ts'
import { parsePasswordHash } from './password-hash.ts'
import { createPasswords } from './password-hasher.ts'

const argon2id = createArgon2id()
const real = createPasswords({ randomBytes, argon2id })
const cheap = createPasswords({ randomBytes, argon2id, parameters: cheapParameters })

async function hashOf(passwords: typeof real, password: string): Promise<string> {
  const hashing = await passwords.hash(password)
  assert.ok(hashing.kind === 'hashed')
  return hashing.hash
}

suite('passwords', () => {
  test('H-30 a password is stored as argon2id with 19 MiB and two passes, and the hash names both', async () => {
    const hash = await hashOf(real, 'eleven blue kettles whistle')
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    const right = await real.verify('eleven blue kettles whistle', hash)
    assert.deepEqual(right, { kind: 'right', isOutdated: false })
    assert.deepEqual(await real.verify('eleven blue kettles whistl', hash), { kind: 'wrong' })
  })

  test('a hash made by another program can be verified', async () => {
    // From the tests of the argon2 reference implementation: "password", "somesalt", t=2, m=64 MiB, p=1.
    const hash =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    assert.deepEqual(await cheap.verify('password', hash), { kind: 'right', isOutdated: true })
    assert.deepEqual(await cheap.verify('passwore', hash), { kind: 'wrong' })
  })

  test('H-30 a hash with other parameters can be verified, and is reported as outdated', async () => {
    const hash = await hashOf(cheap, 'secret')
    assert.deepEqual(await real.verify('secret', hash), { kind: 'right', isOutdated: true })
  })

  test('the same password is stored differently each time', async () => {
    assert.notEqual(await hashOf(cheap, 'same'), await hashOf(cheap, 'same'))
  })

  test('H-29 every byte counts: in 10,000 pairs that share 72 bytes, no two are equal', async () => {
    for (let pair = 0; pair < 10_000; pair++) {
      const shared = Buffer.from(randomBytes(54)).toString('base64')
      const hash = await hashOf(cheap, `${shared}${Buffer.from(randomBytes(3)).toString('hex')}`)
      const other = `${shared}${Buffer.from(randomBytes(4)).toString('hex')}`
      assert.equal((await cheap.verify(other, hash)).kind, 'wrong')
    }
  })

  test('a password matches in any Unicode composition', async () => {
    const hash = await hashOf(cheap, 'Gr\u00fc\u00dfe aus Z\u00fcrich')
    assert.equal((await cheap.verify('Gru\u0308\u00dfe aus Zu\u0308rich', hash)).kind, 'right')
  })

  test('a password over the length limit is wrong, even when it begins with the right one', async () => {
    const long = 'x'.repeat(1_025)
    for (const cut of [long.slice(0, 1_024), '']) {
      assert.equal((await cheap.verify(long, await hashOf(cheap, cut))).kind, 'wrong')
    }
  })

  test('a damaged hash matches no password', async () => {
    const hash = await hashOf(cheap, '')
    const broken = ['', 'plain', hash.slice(0, -3), `${hash}A`, hash.replace('argon2id', 'argon2i')]
    for (const stored of [...broken, hash.replace('v=19', 'v=16'), `$2b$10$${'a'.repeat(53)}`]) {
      assert.equal((await cheap.verify('', stored)).kind, 'wrong', stored)
    }
    assert.equal(parsePasswordHash(hash.replace('m=8', 'm=99999999')), undefined)
  })

  test('H-32 verifying a password for an unknown account costs one hash and fails', async () => {
    let hashes = 0
    const counted = createPasswords({
      randomBytes,
      parameters: cheapParameters,
      argon2id: (input) => {
        hashes += 1
        assert.deepEqual(input.parameters, cheapParameters)
        return argon2id(input)
      },
    })
    assert.equal((await counted.verify('anything', undefined)).kind, 'wrong')
    assert.equal((await counted.verify('x'.repeat(5_000), undefined)).kind, 'wrong')
    assert.equal(hashes, 2)
  })

  test('H-31 when too many wait, the next is asked to retry later and is not hashed', async () => {
    let hashes = 0
    const small = createPasswords({
      randomBytes,
      parameters: cheapParameters,
      queue: { running: 1, waiting: 2 },
      argon2id: (input) => {
        hashes += 1
        return argon2id(input)
      },
    })
    const kinds = await Promise.all(
      Array.from({ length: 10 }, async () => (await small.hash('x')).kind),
    )
    assert.equal(kinds.filter((kind) => kind === 'hashed').length, 3)
    assert.equal(kinds.filter((kind) => kind === 'busy').length, 7)
    assert.equal(hashes, 3)
    assert.equal((await small.verify('x', undefined)).kind, 'wrong', 'and then it goes on')
  })
})

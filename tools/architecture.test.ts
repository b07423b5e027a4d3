// Checks which part may import which, from a table. A forbidden import is named with its file and line.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findDebt, readAcceptedDebt } from './architecture/debt.ts'
import { localAttioWalls } from './architecture/local-attio-walls.ts'
import { findSources, readImports, readSource, type Import } from './architecture/sources.ts'
import { tablesOfSeveralStores } from './architecture/tables-of-several-stores.ts'
import { findTestFiles, parts } from './rings/test-files.ts'

interface Wall {
  /** Folder or file, from the root; the longest match decides. */
  readonly part: string
  /** Parts of this repository it may import, beside itself. */
  readonly parts: readonly string[]
  /** Packages and Node built-ins it may import (`node:` alone means all of them). */
  readonly packages: readonly string[]
  /** Only types may cross to these. */
  readonly typesOf?: readonly string[]
}

const walls: readonly Wall[] = [
  { part: 'attio/src', parts: [], packages: ['oauth4webapi', 'zod'] },
  ...localAttioWalls,
  { part: 'app/support', parts: [], packages: ['pino', 'node:'] },
  {
    part: 'app/work',
    parts: ['app/database', 'app/support'],
    packages: ['node:', 'kysely'],
  },
  { part: 'app/database', parts: ['app/support'], packages: ['kysely', 'pg', 'node:'] },
  {
    part: 'app/mail',
    parts: ['app/database', 'app/support', 'app/work'],
    packages: ['node:', 'kysely', 'nodemailer', 'zod'],
  },
  {
    part: 'app/accounts',
    parts: ['app/database', 'app/live', 'app/mail', 'app/support', 'app/work'],
    packages: [
      'node:',
      'kysely',
      '@simplewebauthn/server',
      'openid-client',
      'otpauth',
      'rate-limiter-flexible',
      'zod',
    ],
  },
  {
    part: 'app/connections',
    parts: [
      'app/accounts',
      'app/database',
      'app/live',
      'app/mail',
      'app/support',
      'app/work',
      '@taskr/attio',
    ],
    packages: ['node:', 'kysely', 'zod'],
  },
  {
    part: 'app/sync',
    parts: [
      'app/tasks',
      'app/connections',
      'app/accounts',
      'app/database',
      'app/live',
      'app/support',
      'app/work',
      '@taskr/attio',
    ],
    packages: ['node:', 'kysely', 'zod', 'p-limit'],
  },
  // For tests only: a local Attio, and a client to it.
  {
    part: 'app/sync/for-tests.ts',
    parts: [
      'app/sync',
      'app/connections',
      'app/database',
      'app/support',
      'testing/access-token.ts',
      'testing/database',
      '@taskr/attio',
      '@taskr/local-attio',
    ],
    packages: [],
  },
  {
    part: 'app/webhooks',
    parts: [
      'app/sync',
      'app/tasks',
      'app/connections',
      'app/accounts',
      'app/database',
      'app/live',
      'app/support',
      'app/work',
      '@taskr/attio',
    ],
    packages: ['node:', 'kysely', 'zod'],
  },
  {
    part: 'app/tasks',
    parts: [
      'app/connections',
      'app/accounts',
      'app/database',
      'app/live',
      'app/support',
      'app/work',
      '@taskr/attio',
    ],
    packages: ['node:', 'kysely', 'zod', 'chrono-node'],
  },
  { part: 'app/metrics', parts: ['app/support'], packages: ['prom-client'] },
  {
    part: 'app/tracing',
    parts: ['app/support', 'app/work'],
    packages: [
      'node:',
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace',
    ],
  },
  { part: 'app/live', parts: ['app/database', 'app/support'], packages: ['node:', 'pg'] },
  {
    part: 'app/web',
    parts: [
      'app/tasks',
      'app/webhooks',
      'app/sync',
      'app/connections',
      'app/accounts',
      'app/live',
      'app/mail',
      'app/support',
      'app/config',
      'app/tracing',
    ],
    typesOf: ['@taskr/attio'],
    packages: ['hono', 'zod', 'node:', 'esbuild', 'qr', 'rate-limiter-flexible'],
  },
  { part: 'app/web/browser', parts: [], packages: ['idiomorph'] },
  {
    part: 'app/config',
    parts: ['app/support', 'app/mail', 'app/accounts', 'app/connections', 'app/tracing'],
    packages: ['zod', 'node:'],
  },
  {
    part: 'app/compose.ts',
    parts: ['app', '@taskr/attio'],
    packages: ['hono', '@hono/node-server', 'node:'],
  },
  {
    part: 'app/run.ts',
    parts: ['app/compose.ts', 'app/database/open-database.ts'],
    packages: [],
  },
  {
    part: 'app/main.ts',
    parts: ['app/start.ts', 'app/support'],
    packages: [],
  },
  {
    part: 'app/start.ts',
    parts: [
      'app/compose.ts',
      'app/config',
      'app/run.ts',
      'app/serve.ts',
      'app/support',
      'app/web/assets/built-assets.ts',
    ],
    packages: ['node:'],
  },
  {
    part: 'app/composing',
    parts: ['app', '@taskr/attio'],
    packages: [],
  },
  {
    part: 'app/serve.ts',
    parts: ['app/compose.ts', 'app/composing', 'app/config', 'app/support'],
    packages: ['hono', '@hono/node-server', 'node:'],
  },
  // The fixtures start Taskr as `main.ts` does, from outside.
  {
    part: 'testing',
    parts: [
      '@taskr/local-attio',
      'app/compose.ts',
      'app/config',
      'app/serve.ts',
      'app/mail',
      'app/support',
      'app/database',
      'app/web/assets/built-assets.ts',
    ],
    typesOf: ['app/tasks', 'app/sync', 'app/web/web-parts.ts'],
    packages: [
      'oidc-provider',
      'otpauth',
      'fast-check',
      'node:',
      'playwright-core',
      '@sparticuz/chromium',
      'axe-core',
      'html-validate',
      'smtp-server',
      'kysely',
      'zod',
      'pg',
      'hono',
      '@hono/node-server',
    ],
  },
  {
    part: 'e2e',
    parts: ['testing', '@taskr/local-attio', 'app/support'],
    packages: ['node:', 'playwright-core'],
  },
  // Endurance runs read the database, as a thief would.
  {
    part: 'endurance/local-attio-examples',
    parts: ['tools/pack.ts'],
    packages: ['node:', '@sparticuz/chromium'],
  },
  {
    part: 'endurance',
    parts: [
      'testing',
      '@taskr/local-attio',
      'app/tasks/sending/sending-steps.ts',
      'app/accounts/accounts.ts',
      'app/compose.ts',
      'app/config',
      'app/connections/keys/seal.ts',
      'app/database',
      'app/serve.ts',
      'app/support',
    ],
    typesOf: ['app/tasks', 'app/sync'],
    packages: [
      'node:',
      'playwright-core',
      'fast-check',
      'hono',
      '@hono/node-server',
      'zod',
      'kysely',
      'pg',
    ],
  },
  {
    part: 'bench',
    parts: [
      'testing/access-token.ts',
      'testing/browser',
      'testing/database',
      'testing/free-port.ts',
      'testing/in-process',
      'testing/test-folder.ts',
      '@taskr/attio',
      '@taskr/local-attio',
      'app/compose.ts',
      'app/config',
      'app/connections',
      'app/database',
      'app/sync',
      'app/tasks',
      'app/serve.ts',
      'app/support',
      'app/web/assets/built-assets.ts',
    ],
    packages: ['node:', 'hono', '@hono/node-server', 'pg', 'playwright-core', 'zod'],
  },
]

suite('architecture', () => {
  test('every part imports only the parts and packages that its wall allows', () => {
    const broken = sources().flatMap((file) => imports(file).flatMap((found) => judge(file, found)))
    assert.deepEqual(broken, [])
  })

  test('hooks stand within a suite, since many test files share the top level', () => {
    const hook = /^(?:before|after|beforeEach|afterEach|test\.(?:before|after)\w*)\(/m
    const files = parts.flatMap(findTestFiles).map(({ path }) => path)
    assert.notDeepEqual(files, [])
    assert.deepEqual(
      files.filter((file) => hook.test(read(file))),
      [],
    )
  })

  test('a store is imported only inside its own part of the app', () => {
    const broken = sources()
      .filter((file) => file.startsWith('app/'))
      .flatMap((file) =>
        imports(file)
          .filter(
            (found) => found.target.endsWith('-store.ts') && partOf(found.target) !== partOf(file),
          )
          .map((found) => `${file}:${found.line} imports ${found.target}`),
      )
    assert.deepEqual(broken, [])
  })

  test('each table is used by one file, or by the stores that are named for it', () => {
    const touching = new Map<string, Set<string>>()
    const query =
      /\.(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin)\(\s*'(\w+)/g
    for (const file of sources().filter((file) => file.startsWith('app/'))) {
      for (const [, table = ''] of read(file).matchAll(query)) {
        touching.set(table, (touching.get(table) ?? new Set()).add(file))
      }
    }
    // The table of migrations belongs to the database itself.
    touching.delete('migrations')
    const shared = [...touching].filter(([, files]) => files.size > 1)
    assert.deepEqual(
      Object.fromEntries(shared.map(([table, files]) => [table, [...files].toSorted()])),
      Object.fromEntries(
        Object.entries(tablesOfSeveralStores).map(([table, files]) => [table, files.toSorted()]),
      ),
    )
  })

  test('each address stands on one line with its handler', () => {
    // The gallery is a server of its own.
    const routes = sources()
      .filter((file) => file.startsWith('app/web/') && !file.startsWith('app/web/gallery/'))
      .flatMap((file) => [...read(file).matchAll(route)])
      .map(([, method, name, called = '', calledName]) =>
        method === undefined ? `${called.toUpperCase()} ${calledName}` : `${method} ${name}`,
      )
    const repeated = routes.filter((one, at) => routes.indexOf(one) !== at)
    const routed = new Set(routes.map((one) => one.split(' ')[1]))
    assert.deepEqual(
      { repeated, without: addressNames().filter((name) => !routed.has(name)) },
      {
        repeated: [],
        without: [],
      },
    )
  })

  test('time, randomness, the environment and the network are passed in', () => {
    const direct =
      /\bDate\.now\(|\bMath\.random\(|\bprocess\.env\b|\bTemporal\.Now\b|(?<![.\w])fetch\(/
    const broken = sources()
      .filter(
        (file) =>
          file.startsWith('app/') && !/^app\/(main\.ts|support\/|web\/browser\/)/.test(file),
      )
      .filter((file) => !file.endsWith('/gallery.ts') && !file.endsWith('/for-tests.ts'))
      .flatMap((file) =>
        read(file)
          .split('\n')
          .flatMap((line, at) =>
            direct.test(line) && !isComment(line) ? [`${file}:${at + 1} ${line.trim()}`] : [],
          ),
      )
    assert.deepEqual(broken, [])
  })

  test("Attio's snake_case stays in its wire code", () => {
    const snake =
      /\b(?:content_plaintext|deadline_at|is_completed|linked_records|workspace_member_id|target_object_id)\b/
    const allowed =
      /^(attio\/src\/(wire|resources|oauth)|local-attio\/|app\/database\/|app\/\w+\/(?:\w+\/)?[\w-]+-(store|row)\.ts)/
    const broken = sources()
      .filter((file) => /^(attio|app)\//.test(file) && !allowed.test(file))
      .flatMap((file) =>
        read(file)
          .split('\n')
          .flatMap((line, at) =>
            snake.test(line) && !isComment(line) ? [`${file}:${at + 1} ${line.trim()}`] : [],
          ),
      )
    assert.deepEqual(broken, [])
  })

  // architecture/debt.json holds the accepted violations, as numbers that must never rise. When you lower one, run
  // `node tools/architecture/lower-debt.ts`.
  const found = findDebt()
  const accepted = readAcceptedDebt()

  test('a folder holds at most 20 code files', () => {
    assert.deepEqual(found.crowdedFolders, accepted.crowdedFolders)
  })

  test('no files import each other in a circle, types included', () => {
    assert.deepEqual(found.circles.counts, accepted.circles, found.circles.details)
  })

  test('a part of the app is imported only through its face', () => {
    const { counts, details } = found.importsPastFaces
    assert.deepEqual(counts, accepted.importsPastFaces, details)
  })

  test('no exported name is declared twice in the app', () => {
    const { names, details } = found.duplicateExports
    assert.deepEqual(names, accepted.duplicateExports, details)
  })
})

const sources = (): string[] =>
  findSources(['attio/src', 'local-attio/src', 'app', 'testing', 'e2e', 'endurance', 'bench'])
const read = readSource
const imports = readImports

function judge(file: string, found: Import): string[] {
  const wall = walls
    .filter((wall) => isInside(file, wall.part))
    .toSorted((a, b) => b.part.length - a.part.length)[0]
  if (wall === undefined) return [`${file}: no wall names this place; add it to the table`]
  const inside = isInside(found.target, wall.part)
  const part = wall.parts.some((part) => isInside(found.target, part))
  const type = found.typeOnly && (wall.typesOf ?? []).some((part) => isInside(found.target, part))
  const named = wall.packages.some((name) =>
    name === 'node:' ? found.specifier.startsWith('node:') : isInside(found.specifier, name),
  )
  return inside || part || type || named ? [] : [`${file}:${found.line} imports ${found.specifier}`]
}

/** A line of a list of routes, or a route of the few that stand outside the lists. */
const route = /\['(GET|POST)', paths\.(\w+), |\.(get|post)\(paths\.(\w+)/g

/** Returns the names of all addresses. */
function addressNames(): string[] {
  const [list = ''] =
    /^export const paths = \{.*?^\} as const/ms.exec(read('app/web/addresses.ts')) ?? []
  return Array.from(list.matchAll(/^ {2}(\w+):/gm), ([, name = '']) => name)
}

/** Returns `app/accounts` for every file in that part, at any depth. */
function partOf(file: string): string {
  return file.split('/').slice(0, 2).join('/')
}

function isInside(target: string, part: string): boolean {
  return target === part || target.startsWith(`${part}/`)
}

function isComment(line: string): boolean {
  return /^\s*(\/\/|\*|\/\*)/.test(line)
}

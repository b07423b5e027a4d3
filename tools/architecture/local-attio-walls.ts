// The rooms of the local Attio, lowest first: each may import the rooms above it in this list that it names.
const root = 'local-attio/src'

interface Room {
  readonly part: string
  readonly parts: readonly string[]
  readonly packages: readonly string[]
}

const leaves = [
  'clock.ts',
  'ids.ts',
  'json-depth.ts',
  'timestamps.ts',
  'seeded-random.ts',
  'sliding-window.ts',
]
/** The rooms that every request handler may import. */
const handler = ['http.ts', 'parts.ts']
/** The rooms that every page may import. */
const page = [...handler, 'guard', 'people', 'pages']

const memory = [
  ...leaves.map((file) => room(file, [])),
  room('world', leaves),
  // Values and edits throw Attio's errors.
  room('values', [
    ...leaves,
    'world',
    'api/requests/errors.ts',
    'api/requests/ignored-members.ts',
    'api/requests/named-members.ts',
    'api/requests/validation.ts',
  ]),
  room('edits', [...leaves, 'world', 'values', 'api/requests/errors.ts']),
  room('seed', [...leaves, 'world', 'values']),
]

const machinery = [
  room('journal', ['json-depth.ts']),
  room('faults', [
    ...leaves,
    'journal',
    'world',
    'api/access/authenticate.ts',
    'api/requests/errors.ts',
  ]),
  room('webhooks', [...leaves, 'world', 'edits/author.ts', 'faults']),
  room('parts.ts', [
    ...leaves,
    'api/access/rate-limits.ts',
    'control/registration.ts',
    'faults',
    'guard/address-ranges.ts',
    'journal',
    'webhooks',
    'world',
  ]),
  room('http.ts', ['journal']),
]

const requests = [
  room('guard', handler),
  room('people', [...handler, 'world']),
  room('authorization', ['parts.ts', 'world']),
  room('api', [
    ...leaves,
    ...handler,
    'world',
    'values',
    'edits',
    'seed',
    'webhooks',
    'for-tests.ts',
  ]),
  room('oauth', [...handler, 'api/access', 'api/requests', 'authorization', 'world']),
  room('control', [
    ...leaves,
    'parts.ts',
    'api/access',
    'authorization',
    'edits',
    'faults',
    'journal',
    'seed',
    'webhooks',
    'world',
  ]),
  room('control-api', [
    ...leaves,
    ...handler,
    'api/access/rate-limits.ts',
    'control',
    'faults',
    'journal',
    'seed',
    'webhooks',
    'world',
  ]),
]

const pages = [
  room('pages', [...handler, 'guard', 'people', 'world']),
  room('sign-in', [...page, 'world']),
  room('consent', [...page, 'api/access/scopes.ts', 'authorization', 'world']),
  room('dashboard', [
    ...page,
    'api/access/scopes.ts',
    'authorization',
    'control',
    'webhooks',
    'world',
  ]),
  room('workspace', [...page, ...leaves, 'control', 'edits', 'values', 'world']),
  room('inspector', [
    ...page,
    'json-depth.ts',
    'control',
    'control-api',
    'faults',
    'journal',
    'seed',
  ]),
  room('home', [...page, 'dashboard', 'inspector', 'journal', 'workspace', 'world']),
]

/** Returns the walls of the local Attio. Its main files may import every room; so may what tests it. */
export const localAttioWalls: readonly Room[] = [
  { part: root, parts: [], packages: ['hono', '@hono/node-server', 'zod', 'node:'] },
  ...memory,
  ...machinery,
  ...requests,
  ...pages,
  ...[
    'world/kill',
    'fuzz',
    'oauth/race.ts',
    'webhooks/for-tests.ts',
    'pages/for-tests',
    'dashboard/for-tests',
  ].map((tests) => ({ part: `${root}/${tests}`, parts: [root], packages: ['zod', 'node:'] })),
]

function room(name: string, parts: readonly string[]): Room {
  return {
    part: `${root}/${name}`,
    parts: parts.map((part) => `${root}/${part}`),
    packages: ['hono', 'zod', 'node:'],
  }
}

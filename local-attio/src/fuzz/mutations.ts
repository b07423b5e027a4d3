// Mutates valid requests: every kind of wrong value in every place, from a fixed seed.
import { pickOne } from '../seeded-random.ts'

export type Hostile = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | undefined
}

type Good = { readonly method: string; readonly path: string; readonly body?: unknown }

/** Returns a request with one to four mutations of a valid one. */
export function mutate(chance: () => number, good: Good, token: string): Hostile {
  let { method, path } = good
  let body: unknown = good.body
  let headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  }
  let raw: Hostile['body']
  for (let count = 1 + Math.floor(chance() * 4); count > 0; count -= 1) {
    const kind = chance()
    if (kind < 0.6) body = mutateValue(chance, body)
    else if (kind < 0.75) path = mutatePath(chance, path)
    else if (kind < 0.87) path = mutateQuery(chance, path)
    else if (kind < 0.92) headers = { ...headers, ...pickOne(chance, strangeHeaders) }
    else if (kind < 0.96) method = pickOne(chance, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
    else raw = mutateText(chance, JSON.stringify(body) ?? '')
  }
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  return { method, path, headers, body: method === 'GET' ? undefined : text }
}

const strangeValues: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  true,
  [],
  {},
  [[]],
  [null],
  { $eq: null },
  { $and: [{}] },
  { path: [['people', 'name']], constraints: {} },
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '2026-02-30',
  '9999-12-31T23:59:60Z',
  '+999999-01-01',
  '00000000-0000-0000-0000-000000000000',
  '00000008-0000-4000-8001-000000000001',
  'x'.repeat(3000),
  '\u0000',
  '\ud800',
  '🌻'.repeat(50),
  '<script>alert(1)</script>',
  "' or 1=1 --",
  '../../etc/passwd',
  'people',
  'companies',
  'name',
  'email_addresses',
]

function mutateValue(chance: () => number, value: unknown): unknown {
  if (chance() < 0.25) return pickOne(chance, strangeValues)
  if (Array.isArray(value)) return mutateArray(chance, value)
  if (typeof value === 'object' && value !== null) return mutateObject(chance, value)
  return pickOne(chance, strangeValues)
}

function mutateArray(chance: () => number, items: readonly unknown[]): unknown[] {
  if (items.length === 0 || chance() < 0.2) return [...items, pickOne(chance, strangeValues)]
  if (chance() < 0.1) return [...items, ...items]
  const index = Math.floor(chance() * items.length)
  return items.map((item, at) => (at === index ? mutateValue(chance, item) : item))
}

function mutateObject(chance: () => number, object: object): object {
  const entries = Object.entries(object)
  if (entries.length === 0 || chance() < 0.15) {
    const name = pickOne(chance, strangeNames)
    return Object.fromEntries([...entries, [name, pickOne(chance, strangeValues)]])
  }
  const index = Math.floor(chance() * entries.length)
  if (chance() < 0.2) return Object.fromEntries(entries.filter((_, at) => at !== index))
  return Object.fromEntries(
    entries.map(([key, value], at) => [key, at === index ? mutateValue(chance, value) : value]),
  )
}

const strangeNames = ['__proto__', 'constructor', 'extra', '$not', 'data', 'limit']

const strangeSteps = [
  '',
  '.',
  '..',
  '%00',
  '%2F',
  '%',
  '%E0%A4%A',
  '%FF',
  'people',
  '__proto__',
  'null',
  '0',
  'query',
  'search',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(2000),
  '🌻',
]

function mutatePath(chance: () => number, path: string): string {
  const [address = '', query] = path.split('?', 2)
  const steps = address.split('/')
  const index = 1 + Math.floor(chance() * steps.length)
  const strange = pickOne(chance, strangeSteps)
  const changed =
    chance() < 0.2 ? [...steps, strange] : steps.map((step, at) => (at === index ? strange : step))
  const joined = `/${changed.join('/').replace(/^\/+/, '')}`
  return query === undefined ? joined : `${joined}?${query}`
}

function mutateQuery(chance: () => number, path: string): string {
  const name = pickOne(chance, queryNames)
  const value = pickOne(chance, queryValues)
  return `${path}${path.includes('?') ? '&' : '?'}${name}=${value}`
}

const queryNames = [
  '',
  'assignee',
  'is_completed',
  'limit',
  'linked_object',
  'linked_record_id',
  'matching_attribute',
  'object',
  'offset',
  'record_id',
  'show_archived',
  'show_historic',
  'sort',
]

const queryValues = [
  '',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'x',
  'null',
  'true',
  '%00',
  '%',
  '%FF',
  '[]',
  'created_at:asc',
  'people',
  '00000000-0000-0000-0000-000000000000',
]

const strangeHeaders: readonly Readonly<Record<string, string>>[] = [
  { authorization: '' },
  { authorization: 'Bearer' },
  { authorization: 'Bearer  ' },
  { authorization: 'Basic !!!' },
  { authorization: `Basic ${'A'.repeat(500)}` },
  { authorization: `Digest ${'f'.repeat(64)}` },
  { authorization: `Bearer ${'f'.repeat(64)}` },
  { 'content-type': 'text/plain' },
  { 'content-type': '' },
  { 'content-type': 'application/x-www-form-urlencoded; charset=utf-16' },
  { 'content-length': '5' },
  { cookie: 'local_attio_session=x; =; %00' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
]

function mutateText(chance: () => number, text: string): string | Uint8Array<ArrayBuffer> {
  const kind = chance()
  if (kind < 0.4) return text.slice(0, Math.floor(chance() * text.length))
  if (kind < 0.6) return `\ufeff${text}`
  if (kind < 0.8) return new Uint8Array([0xff, 0xfe, 0x00, 0x7b, 0x80])
  return `${'['.repeat(5000)}${text}`
}

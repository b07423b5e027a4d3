// Makes requests that no browser sends: broken encodings, odd methods, repeated and unknown fields, binary bodies,
// malformed cookies. The same seed makes the same requests.
import { createTestRandomBytes, type RandomBytes } from '../../app/support/random.ts'

export interface Malformed {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array | undefined
}

/** An address and the field names of its form: half of the requests are nearly right, so that they get past the first checks. */
export interface Place {
  readonly path: string
  readonly fields: readonly string[]
}

export function createMalformer(seed: string, places: readonly Place[]): () => Malformed {
  const bytes = readAhead(createTestRandomBytes(seed))
  const below = (count: number): number => bytes(4).readUInt32LE() % count
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[below(values.length)]
    if (value === undefined) throw new TypeError('nothing to pick from')
    return value
  }
  const rarely = (): boolean => below(8) === 0
  const odd = (): string => (below(4) === 0 ? oddBytes(bytes(1 + below(40))) : pick(oddTexts))
  const oddlyEncoded = (): string => encodeOddly(odd(), below)

  const path = (place: Place): string => {
    const known = place.path.replace(/:\w+/g, oddlyEncoded)
    const tail = pick(['/', '/..', '/%2e%2e/', '//', '/x', `/${oddlyEncoded()}`])
    return known + (rarely() ? tail : '') + (below(2) === 0 ? query(queryNames) : '')
  }
  const query = (names: readonly string[]): string =>
    rarely() ? pick(['?', '?&&=', '?%', '?=']) : `?${fields(names, 1 + below(3))}`
  const fields = (names: readonly string[], count: number): string =>
    Array.from({ length: count }, () => {
      const name = rarely() ? pick([...oddNames, oddlyEncoded()]) : pick(names)
      return name + pick(['=', '=', '=', '', '[]=']) + oddlyEncoded()
    }).join('&')
  /** True when each field is there once and only its value is odd. */
  const form = ({ fields }: Place): string =>
    fields
      .filter(() => !rarely())
      .map((name) => `${name}=${oddlyEncoded()}`)
      .join('&')

  const headers = (): (readonly [string, string])[] => {
    const site = rarely() ? pick(['none', 'cross-site', '', visible(odd())]) : 'same-origin'
    const type = rarely() ? pick(contentTypes) : 'application/x-www-form-urlencoded'
    const others = headerNames
      .filter(rarely)
      .map((name) => [name, visible(pick([odd(), pick(headerTexts)]))] as const)
    return [['sec-fetch-site', site], ['content-type', type], ...others]
  }
  const body = (place: Place): Uint8Array => {
    switch (below(8)) {
      case 0:
        return bytes(below(300))
      case 1:
        return Buffer.from(`${'a'.repeat(below(40_000))}=${'%'.repeat(below(3_000))}`)
      case 2:
        return Buffer.from('{"__proto__":{"a":1},"constructor":[1,2,{}]}')
      case 3:
        return Buffer.from(fields([...place.fields, 'password'], 1 + below(4)))
      default:
        return Buffer.from(form(place))
    }
  }

  return () => {
    const method = pick(methods)
    const place = pick(places)
    const hasBody = method !== 'GET' && method !== 'HEAD' && !rarely()
    return {
      method,
      path: path(place),
      headers: headers(),
      body: hasBody ? body(place) : undefined,
    }
  }
}

/** Makes many bytes at a time: most draws need four, and a hash makes 32. */
function readAhead(source: RandomBytes): (size: number) => Buffer {
  let ahead = Buffer.alloc(0)
  return (size) => {
    if (ahead.length < size) ahead = Buffer.concat([ahead, source(4_096)])
    const taken = ahead.subarray(0, size)
    ahead = ahead.subarray(size)
    return taken
  }
}

const methods = [
  ...Array.from({ length: 8 }, () => 'GET'),
  ...Array.from({ length: 10 }, () => 'POST'),
  'HEAD',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'PROPFIND',
  'QUERY',
  'X-!#$',
]

const queryNames = [
  'state',
  'code',
  'error',
  'iss',
  'view',
  'whose',
  'workspace',
  'page',
  'returnTo',
  'reason',
  'connection',
  'open',
]

const oddNames = ['__proto__', 'constructor', 'toString', 'a[b][c]', 'page', 'password']

const oddTexts = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  '[object Object]',
  '9'.repeat(400),
  '0x10',
  '\0',
  'a\0b',
  '\u{ffff}',
  '\u{1f9d1}\u200d\u{1f680}',
  'ﷺ',
  '\u202e',
  '\r\nSet-Cookie: a=b',
  '../../../../etc/passwd',
  '${7*7}{{7*7}}<%= 7*7 %>',
  `' or '1'='1`,
  '"; drop table accounts; --',
  '<script>alert(1)</script>',
  'constructor',
  '__proto__',
  'x'.repeat(3_000),
  '%',
  '%zz',
  '%c0%ae',
  'Europe/Berlin\0',
  '0190a5d0-0000-7000-8000-000000000000',
] as const

const headerNames = [
  'cookie',
  'accept',
  'accept-language',
  'user-agent',
  'origin',
  'referer',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-http-method-override',
  'range',
  'if-none-match',
  'if-modified-since',
  'last-event-id',
  'authorization',
  'content-encoding',
  'transfer-encoding',
  'te',
  'trailer',
  'expect',
  'forwarded',
  'x-request-id',
  'sec-fetch-mode',
  'sec-fetch-dest',
]

const headerTexts = [
  'taskr_session=%E0%A4%A',
  'taskr_session=a; taskr_session=b',
  'taskr_toast=%%%',
  'taskr_toast=e30',
  'taskr_toast=bnVsbA',
  '__proto__=1; constructor=2; =; ;;',
  'attio_flow_=x',
  'gzip, br;q=NaN',
  '*/*;q=-1',
  'bytes=0-,-1',
  'http://localhost:3050',
  'null',
  'a'.repeat(6_000),
] as const

const contentTypes = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=nonsense',
  'application/x-www-form-urlencoded; charset=utf-7',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/json',
  'text/plain',
  'text/html; charset="',
  '',
  ';',
  'application/x-www-form-urlencoded, text/html',
]

/** Random bytes, often invalid UTF-8, one character each. */
function oddBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

/** Characters that HTTP allows in a header. */
function visible(text: string): string {
  return text.replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '?').trim()
}

/** Percent-encoding: correct, partial, doubled, cut off, or of invalid UTF-8. */
function encodeOddly(text: string, below: (count: number) => number): string {
  const right = encodeURIComponent(text.toWellFormed())
  switch (below(6)) {
    case 0:
      return encodeURIComponent(right)
    case 1:
      return `${right}%`
    case 2:
      return `${right}%E0%A4%A`
    case 3:
      return Array.from(
        Buffer.from(text, 'latin1').subarray(0, 400),
        (byte) => `%${byte.toString(16).padStart(2, '0')}`,
      ).join('')
    default:
      return right
  }
}

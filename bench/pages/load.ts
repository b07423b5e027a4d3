// Sends requests over several connections at once, as cheaply as possible, so that the server is what is measured.
import { connect } from 'node:net'

export interface Request {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Default 200. */
  readonly expects?: number
}

export interface Load {
  readonly perSecond: number
  /** From sending to the last byte, in the order of completion. */
  readonly times: readonly number[]
}

/** Sends `count` requests over `connections` connections. */
export async function load(
  request: Request | ((connection: number) => Request | Promise<Request>),
  { count, connections }: { readonly count: number; readonly connections: number },
): Promise<Load> {
  const times: number[] = []
  let sent = 0
  const take = async (connection: number): Promise<Request | undefined> => {
    if (sent === count) return undefined
    sent += 1
    return typeof request === 'function' ? await request(connection) : request
  }
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: connections }, (_, connection) =>
      useConnection(() => take(connection), times),
    ),
  )
  return { perSecond: count / ((performance.now() - startedAt) / 1_000), times }
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

/** Sends requests one after the other until none is left. */
async function useConnection(
  take: () => Promise<Request | undefined>,
  times: number[],
): Promise<void> {
  const first = await take()
  if (first === undefined) return
  const { hostname, port } = new URL(first.url)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect(Number(port), hostname)
  socket.setNoDelay()
  let current: Request = first
  let sentAt = 0
  let received: Buffer = Buffer.alloc(0)
  const send = (request: Request): void => {
    current = request
    sentAt = performance.now()
    socket.write(textOf(request))
  }
  socket.on('connect', () => send(first))
  socket.on('error', reject)
  socket.on('close', () => reject(new Error('The server closed the connection.')))
  socket.on('data', (data: Buffer) => {
    received = received.length === 0 ? data : Buffer.concat([received, data])
    const length = lengthOf(received)
    if (length === undefined || received.length < length) return
    const status = Number(received.subarray(9, 12).toString('latin1'))
    if (status !== (current.expects ?? 200)) {
      return reject(new Error(`${current.url} answered ${status}.`))
    }
    received = Buffer.alloc(0)
    times.push(performance.now() - sentAt)
    proceed().catch(reject)
  })
  const proceed = async (): Promise<void> => {
    const next = await take()
    if (next !== undefined) return send(next)
    socket.removeAllListeners('close')
    socket.end()
    resolve()
  }
  await promise
}

/** Returns the length of head and body; undefined while the head is incomplete. */
function lengthOf(answer: Buffer): number | undefined {
  const headEnds = answer.indexOf('\r\n\r\n')
  if (headEnds < 0) return undefined
  const head = answer.subarray(0, headEnds).toString('latin1')
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return headEnds + 4 + Number(length)
  if (/^HTTP\/1\.1 (?:304|204)/.test(head)) return headEnds + 4
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return headEnds + 4
  return answer.subarray(-5).toString('latin1') === '0\r\n\r\n' ? answer.length : undefined
}

function textOf({ url, method = 'GET', headers = {}, body = '' }: Request): string {
  const { host, pathname, search } = new URL(url)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = method === 'GET' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}${length}\r\n${body}`
}

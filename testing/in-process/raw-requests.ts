// Serves Taskr on a port and sends it raw bytes that no HTTP client would send.
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { readConfig } from '../../app/config/config.ts'
import { createTestFolder } from '../test-folder.ts'
import { serveTaskr } from '../../app/serve.ts'
import { systemClock } from '../../app/support/clock.ts'
import { createTestLogger, type TestLogger } from '../../app/support/logger.ts'
import { startStopwatch } from '../stopwatch.ts'
import { testAssets } from '../test-assets.ts'

export interface ServedForTests {
  readonly port: number
  readonly logger: TestLogger
  readonly stop: () => Promise<void>
}

export async function serveForTests(): Promise<ServedForTests> {
  const folder = await createTestFolder('taskr-wire-')
  const reading = readConfig({
    PORT: '0',
    PUBLIC_URL: 'http://localhost:3050',
    TASKR_KEYS: `k1:${randomBytes(32).toString('base64url')}`,
    DATABASE_URL: `file:${folder}/taskr.db`,
    ATTIO_CLIENT_ID: 'd5c64b9f-1b5d-4b6c-8a3c-5e0d2f1a7b90',
    ATTIO_CLIENT_SECRET: randomBytes(32).toString('hex'),
  })
  if (reading.kind === 'refused') throw new Error(reading.problems.join('\n'))
  const logger = createTestLogger(systemClock)
  const served = await serveTaskr(reading.config, {
    clock: systemClock,
    randomBytes,
    assets: testAssets,
    fetch: () => Promise.reject(new TypeError('there is no Attio here')),
    logger,
  })
  const stop = async (): Promise<void> => {
    await served.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { port: served.port, logger, stop }
}

export interface WireAnswer {
  /** 0 without an answer. */
  readonly status: number
  readonly head: string
  readonly body: string
  /** True when Taskr ended the connection. */
  readonly isClosed: boolean
  readonly ms: number
}

/** Sends the parts one after the other; reads until the connection ends or the time is over. */
export async function sendBytes(
  port: number,
  parts: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  waitMs = 20_000,
): Promise<WireAnswer> {
  const stopwatch = startStopwatch()
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  let isClosed = false
  const ended = Promise.withResolvers<void>()
  socket.on('data', (bytes) => {
    heard += bytes.toString('latin1')
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    isClosed = true
    ended.resolve()
  })
  const timer = setTimeout(ended.resolve, waitMs)
  for await (const part of parts) {
    if (socket.destroyed) break
    socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)
  }
  await ended.promise
  clearTimeout(timer)
  socket.destroy()
  const at = heard.indexOf('\r\n\r\n')
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0),
    head: at === -1 ? heard : heard.slice(0, at),
    body: at === -1 ? '' : heard.slice(at + 4),
    isClosed,
    ms: stopwatch.elapsedMs(),
  }
}

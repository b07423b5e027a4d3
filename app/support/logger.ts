// The process's log: one JSON object per line on standard output, with no secrets in it.

import { pino } from 'pino'
import type { Clock } from './clock.ts'

export type LogFields = {
  readonly [name: string]: unknown
  // The logger writes these three itself.
  readonly level?: never
  readonly time?: never
  readonly event?: never
}

export type Logger = {
  readonly info: (event: string, fields?: LogFields) => void
  readonly warn: (event: string, fields?: LogFields) => void
  readonly error: (event: string, fields?: LogFields) => void
}

export type LogLevel = 'info' | 'warn' | 'error'

export type LoggerOptions = {
  readonly clock: Clock
  /** The lowest level that is written; `info` by default. */
  readonly level?: LogLevel
  /** Receives each line with its newline; the default is standard output. */
  readonly write?: (line: string) => void
}

export function createLogger({
  clock,
  level = 'info',
  write = writeToStdout(),
}: LoggerOptions): Logger {
  const options = {
    base: null,
    level,
    messageKey: 'event',
    timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: describeError },
  }
  const target = { write: (line: string) => write(escapeControls(line)) }
  const plain = pino(options, target)
  const redacting = pino({ ...options, redact: { paths: secretPaths, censor: '[secret]' } }, target)
  // Redaction takes longer than writing the line, and most lines have nothing to redact.
  const linesFor = (fields: LogFields) => (mayHoldSecret(fields) ? redacting : plain)
  return {
    info: (event, fields = {}) => linesFor(fields).info(fields, event),
    warn: (event, fields = {}) => linesFor(fields).warn(fields, event),
    error: (event, fields = {}) => linesFor(fields).error(fields, event),
  }
}

/** False when no field has a name of a secret, and none has parts that could. */
function mayHoldSecret(fields: LogFields): boolean {
  for (const [name, value] of Object.entries(fields)) {
    if (topSecretNames.has(name) || (typeof value === 'object' && value !== null)) return true
  }
  return false
}

export type TestLogger = Logger & {
  /** Returns every line so far, as it would have been printed. */
  readonly lines: readonly string[]
}

export function createTestLogger(clock: Clock): TestLogger {
  const lines: string[] = []
  return { ...createLogger({ clock, write: (line) => lines.push(line) }), lines }
}

// The second safeguard: values of these names are never printed, even if the caller forgot to wrap them in a Secret.
const secretNames = [
  'password',
  'passwordHash',
  'cookie',
  'authorization',
  'accessToken',
  'clientSecret',
  'codeVerifier',
  'token',
  'secret',
]
// Parameters of an authorization response. Deeper down these are ordinary words: an error has a code.
const topSecretNames: ReadonlySet<string> = new Set([...secretNames, 'code', 'state'])
const secretPaths = [
  ...topSecretNames,
  ...secretNames.flatMap((name) => [`*.${name}`, `*.*.${name}`]),
]

function writeToStdout(): (line: string) => void {
  const stdout = pino.destination({ fd: 1, sync: true })
  return (line) => void stdout.write(line)
}

type DescribedError = {
  readonly name: string
  readonly code?: string | number
  readonly message: string
  readonly stack?: string
  readonly cause?: DescribedError
}

// Only these properties: drivers put row values and whole requests into others.
function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { name: 'NotAnError', message: String(error) }
  const code = 'code' in error ? error.code : undefined
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: withoutAddresses(error.message),
    ...(error.stack === undefined ? {} : { stack: withoutAddresses(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

// A library's error may repeat the address that it failed on, and an address may hold a code or a password.
function withoutAddresses(text: string): string {
  return text
    .replaceAll(/\b(?!file:)[a-z][a-z\d+.-]{0,20}:\/\/[^\s'")]+/gi, '[address]')
    .replaceAll(/\?[\w.%-]{1,60}=[^\s'")]*/g, '?[query]')
}

// JSON escapes characters below U+0020. Terminals and log viewers also obey these: DEL, the C1 controls (U+009B starts
// an escape sequence), line and paragraph separators, and the marks that reverse text.
const obeyedCharacters = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

function escapeControls(line: string): string {
  return line.replace(
    obeyedCharacters,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

// Parses JSON piece by piece. Each piece goes through JSON.parse, so the result is the same: the code here only finds
// where a long list, object or text can be divided.
import { JsonLimitError, openContainers } from './json-containers.ts'

export type ParsedJson =
  | { readonly kind: 'value'; readonly value: unknown }
  /** `expectation` says what the text would have to be. */
  | { readonly kind: 'unreadable'; readonly expectation: string }

export interface Pieces {
  /** A piece is parsed when it has this many characters. */
  readonly piece: number
  /** A text inside the JSON is divided above this length; a number or a blank this long is refused. */
  readonly run: number
}

const usualPieces: Pieces = { piece: 16 * 1024, run: 64 * 1024 }

const mostLevels = 100
/** A page of 500 records with sixty values each has 273,500. */
const mostParts = 500_000

/** Returns what JSON.parse returns, or why the text is not parsed. Yields after each piece, so that other work can run. */
export function* parsePieces(
  text: string,
  pieces: Pieces = usualPieces,
): Generator<void, ParsedJson> {
  try {
    return { kind: 'value', value: yield* scan(text, pieces) }
  } catch (error) {
    if (error instanceof JsonLimitError) {
      return { kind: 'unreadable', expectation: `expected ${error.message}` }
    }
    // The parser's own error quotes the text, so it is dropped.
    if (error instanceof SyntaxError) return { kind: 'unreadable', expectation: 'expected JSON' }
    throw error
  }
}

function* scan(text: string, { piece, run }: Pieces): Generator<void, unknown> {
  const containers = openContainers(text)
  let parts = 0
  let yieldedAt = 0
  /** Where the last bracket, comma, colon or text ended. */
  let structureAt = 0
  for (let at = 0; at < text.length; at += 1) {
    if (at - yieldedAt >= piece) {
      yieldedAt = at
      yield
    }
    if (at - structureAt > run) throw new SyntaxError('a long number or blank')
    const unit = text.charCodeAt(at)
    if (unit === quote) {
      const end = endOfShortText(text, at, run)
      if (end === undefined) {
        const long = yield* findParts(text, at, run)
        containers.place(at, long.end, yield* parseParts(long.parts))
        at = long.end
      } else at = end
    } else if (unit === comma) {
      parts += 1
      containers.separate(at)
    } else if (unit === openBracket || unit === openBrace) {
      parts += 1
      if (containers.begin(at) > mostLevels) {
        throw new JsonLimitError(`JSON of at most ${mostLevels} levels`)
      }
    } else if (unit === closeBracket || unit === closeBrace) containers.end(at)
    else if (unit !== colon) continue
    if (parts > mostParts) throw new JsonLimitError(`JSON of at most ${mostParts} values`)
    if (at - containers.unparsedFrom() >= piece) containers.parseUnparsed()
    structureAt = at
  }
  return containers.result()
}

/** Returns where the text ends that begins with the quotation mark at `from`, or undefined for a long one. */
function endOfShortText(text: string, from: number, run: number): number | undefined {
  const most = Math.min(text.length, from + run)
  for (let at = from + 1; at < most; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === quote) return at
    if (unit === backslash) at += 1
  }
  return undefined
}

interface LongText {
  /** The position of the quotation mark that ends it. */
  readonly end: number
  /** The characters between the quotation marks, divided, but never inside an escape. */
  readonly parts: readonly string[]
}

function* findParts(text: string, from: number, run: number): Generator<void, LongText> {
  const parts: string[] = []
  let begin = from + 1
  for (let at = begin; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === quote) return { end: at, parts: [...parts, text.slice(begin, at)] }
    if (at - begin >= run) {
      parts.push(text.slice(begin, at))
      begin = at
      yield
    }
    if (unit === backslash) at += text.charCodeAt(at + 1) === letterU ? 5 : 1
  }
  throw new SyntaxError('a text without an end')
}

function* parseParts(parts: readonly string[]): Generator<void, string> {
  let parsed = ''
  for (const part of parts) {
    parsed += String(JSON.parse(`"${part}"`))
    yield
  }
  return parsed
}

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const letterU = 0x75
const openBrace = 0x7b
const closeBrace = 0x7d

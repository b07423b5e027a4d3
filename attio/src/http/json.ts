// Parses JSON from outside. A text of a few megabytes may take seconds, so a long one is parsed in turns.
import { parsePieces, type ParsedJson } from './json-pieces.ts'
import type { Turns } from './turns.ts'

export type { ParsedJson } from './json-pieces.ts'

export async function parseJson(text: string, turns: Turns): Promise<ParsedJson> {
  const pieces = parsePieces(text)
  for (;;) {
    const piece = pieces.next()
    if (piece.done === true) return piece.value
    if (turns.isOver()) await turns.next()
  }
}

/** Parses JSON in one go, for a text that is known to be short. */
export function parseShortJson(text: string): ParsedJson {
  const pieces = parsePieces(text)
  for (;;) {
    const piece = pieces.next()
    if (piece.done === true) return piece.value
  }
}

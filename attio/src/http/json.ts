// Parses JSON from outside. Some texts of a few megabytes would take seconds: those that nest very deep, and
// those of millions of tiny values.

const mostLevels = 100
/** A page of 500 records with sixty values each has 273,500. */
const mostParts = 500_000

/** Parses JSON, or returns undefined. The parser's own error quotes the text, so it is dropped. */
export function parseJson(text: string): unknown {
  if (problemOf(text) !== undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Returns why a text is not parsed although it may be JSON. */
export function problemOf(text: string): string | undefined {
  let levels = 0
  let parts = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === quote) at = endOfText(text, at)
    else if (unit === comma) parts += 1
    else if (unit === openBracket || unit === openBrace) {
      levels += 1
      parts += 1
    } else if (unit === closeBracket || unit === closeBrace) levels -= 1
    if (levels > mostLevels) return `expected JSON of at most ${mostLevels} levels`
    if (parts > mostParts) return `expected JSON of at most ${mostParts} values`
  }
  return undefined
}

/** Returns the position of the quotation mark that ends the text that begins at `at`. */
function endOfText(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    const unit = text.charCodeAt(end)
    if (unit === quote) return end
    if (unit === backslash) end += 1
  }
  return text.length
}

const quote = 0x22
const comma = 0x2c
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

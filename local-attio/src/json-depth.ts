// Limits how deep JSON from outside may nest: what reads it calls itself for each level.

/** Far more than any body needs; a filter that nests its conditions uses two levels for each. */
export const mostLevels = 200

/** True when arrays and objects in a JSON text are nested more than `mostLevels` deep. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isInText) {
      if (unit === backslash) at += 1
      else if (unit === quote) isInText = false
    } else if (unit === quote) isInText = true
    else if (unit === openBracket || unit === openBrace) {
      if ((depth += 1) > mostLevels) return true
    } else if (unit === closeBracket || unit === closeBrace) depth -= 1
  }
  return false
}

const quote = 0x22
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

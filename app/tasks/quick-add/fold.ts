// Compares names without regard to case and diacritics.

/** A text without case and diacritics, with the original index of each character. */
export interface Folded {
  readonly text: string
  readonly origins: readonly number[]
}

export function fold(text: string): Folded {
  let folded = ''
  const origins: number[] = []
  let at = 0
  for (const character of text) {
    for (const unit of foldCharacter(character)) {
      folded += unit
      for (let units = 0; units < unit.length; units += 1) origins.push(at)
    }
    at += character.length
  }
  origins.push(at)
  return { text: folded, origins }
}

/** Returns the folded text alone. */
export function foldText(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : fold(text).text
}

/** Letters that Unicode does not decompose, as people type them without that key. */
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
}

function foldCharacter(character: string): string {
  const lower = character.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plainLetters[lower] ?? lower
}

/**
 * True when a name can end before `rest`: at the end, before anything but a letter or digit, or in a script that
 * writes no spaces between words.
 */
export function endsName(name: string, rest: string): boolean {
  if (!/^[\p{L}\p{N}]/u.test(rest)) return true
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u.test(name)
}

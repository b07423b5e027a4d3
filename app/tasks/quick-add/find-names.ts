// Finds people after `@` and records after `#`, by the names in the mirror.
import { endsName, fold, foldText } from './fold.ts'
import { overlaps, type Range } from './piece.ts'

/** A person or record and all spellings of its name, the fullest first. */
export interface Named<T> {
  readonly value: T
  readonly names: readonly string[]
}

export interface FoundName<T> extends Range {
  readonly value: T
}

/** A mark whose name fits several people or records. */
export interface AmbiguousName<T> extends Range {
  readonly values: readonly T[]
}

export interface NamesFound<T> {
  readonly found: readonly FoundName<T>[]
  readonly ambiguous: readonly AmbiguousName<T>[]
  /** Marks with a word that no name begins with. */
  readonly unmatched: readonly Range[]
}

/** The most marks that are read in a line; further ones stay text. */
const mostMarks = 8

export function findNames<T>(
  text: string,
  mark: '@' | '#',
  named: readonly Named<T>[],
  taken: readonly Range[],
): NamesFound<T> {
  const found: FoundName<T>[] = []
  const ambiguous: AmbiguousName<T>[] = []
  const unmatched: Range[] = []
  const marked = marksIn(text, mark)
  const spellings = marked.length === 0 ? [] : spell(named)
  for (const { index } of marked) {
    if (taken.some((range) => overlaps(range, { from: index, to: index + 1 }))) continue
    const behind = text.slice(index + 1, index + 1 + longestName)
    const match = longestMatch(behind, spellings)
    if (match === undefined) {
      const word = wordIn(behind)
      if (isNameLike(word)) unmatched.push({ from: index, to: index + 1 + word.length })
      continue
    }
    const range = { from: index, to: index + 1 + match.length }
    const [value, second] = match.values
    if (value !== undefined && second === undefined) found.push({ ...range, value })
    else ambiguous.push({ ...range, values: match.values })
  }
  return { found, ambiguous, unmatched }
}

/** Returns the texts behind each mark, as far as a name can reach. */
export function textsBehind(mark: '@' | '#', text: string): readonly string[] {
  return marksIn(text, mark).map(({ index }) => text.slice(index + 1, index + 1 + longestName))
}

function marksIn(text: string, mark: '@' | '#') {
  const marks = new RegExp(`(?<![^\\s(])${mark}(?=[\\p{L}\\p{N}])`, 'gu')
  return [...text.matchAll(marks)].slice(0, mostMarks)
}

const longestName = 100

interface Spelling<T> {
  readonly value: T
  readonly folded: string
}

function spell<T>(named: readonly Named<T>[]): readonly Spelling<T>[] {
  return named.flatMap(({ value, names }) =>
    names
      .map((name) => foldText(name.trim()))
      .filter((folded) => folded !== '')
      .map((folded) => ({ value, folded })),
  )
}

interface Match<T> {
  /** The number of characters after the mark. */
  readonly length: number
  readonly values: readonly T[]
}

/**
 * Returns the longest name that matches whole; without one, names that begin with the word after the mark
 * ("#umbrella" for Umbrella Corp).
 */
function longestMatch<T>(behind: string, spellings: readonly Spelling<T>[]): Match<T> | undefined {
  const typed = fold(behind)
  const whole = spellings.filter(
    ({ folded }) =>
      typed.text.startsWith(folded) && endsName(folded, typed.text.slice(folded.length)),
  )
  const longest = Math.max(0, ...whole.map(({ folded }) => folded.length))
  if (longest > 0) {
    const values = whole.filter(({ folded }) => folded.length === longest).map(({ value }) => value)
    return { length: typed.origins[longest] ?? behind.length, values: [...new Set(values)] }
  }
  const word = wordIn(behind)
  const prefix = fold(word).text
  if (prefix.length < 2) return undefined
  const beginning = spellings.filter(({ folded }) => folded.startsWith(prefix))
  const wholeWord = beginning.filter(({ folded }) => endsName(prefix, folded.slice(prefix.length)))
  const best = wholeWord.length > 0 ? wholeWord : beginning
  const values = [...new Set(best.map(({ value }) => value))]
  return values.length === 0 ? undefined : { length: word.length, values }
}

/** Returns the word that a text begins with, without punctuation at its end. */
function wordIn(text: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.&-]*/u.exec(text)?.[0].replace(/[.'’-]+$/u, '') ?? ''
}

/** "#1" and "@7pm" are text, and one letter is a name that is still being typed. */
function isNameLike(word: string): boolean {
  return /^\p{L}[\p{M}'’.&-]*[\p{L}\p{N}]/u.test(word)
}

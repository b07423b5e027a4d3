// Where a text has the words that a person typed, to mark them in search results.
import { fold } from '../quick-add/fold.ts'
import { runsOf, typedWords, type TypedWord } from './words.ts'

export interface MarkedRange {
  readonly from: number
  readonly to: number
}

/** Returns the ranges of the text that match, in order and without overlaps. */
export function markedRanges(text: string, typed: string): readonly MarkedRange[] {
  const words = typedWords(typed)
  if (words.length === 0) return []
  const { text: folded, origins } = /^[\0-\x7f]*$/.test(text)
    ? { text: text.toLowerCase(), origins: undefined }
    : fold(text)
  const startOf = (at: number): number =>
    origins === undefined ? at : (origins[at] ?? text.length)
  // A character that folds into several, as ß, is marked whole.
  const endOf = (at: number): number => {
    let end = at
    while (origins !== undefined && end < origins.length && origins[end] === origins[at - 1])
      end += 1
    return startOf(end)
  }
  const ranges: MarkedRange[] = []
  for (const { run, at, isSpaced } of runsOf(folded)) {
    for (const { from, to } of matchesIn(run, isSpaced, words)) {
      ranges.push({ from: startOf(at + from), to: endOf(at + to) })
    }
  }
  return joined(ranges)
}

function matchesIn(run: string, isSpaced: boolean, words: readonly TypedWord[]): MarkedRange[] {
  if (isSpaced) {
    const lengths = words.map(({ word, isPrefix }) =>
      (isPrefix ? run.startsWith(word) : run === word) ? word.length : 0,
    )
    const longest = Math.max(...lengths)
    return longest === 0 ? [] : [{ from: 0, to: longest }]
  }
  return words.flatMap(({ word }) => {
    const found: MarkedRange[] = []
    for (let at = run.indexOf(word); at >= 0; at = run.indexOf(word, at + 1)) {
      found.push({ from: at, to: at + word.length })
    }
    return found
  })
}

function joined(ranges: readonly MarkedRange[]): readonly MarkedRange[] {
  const result: MarkedRange[] = []
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = result.at(-1)
    if (last !== undefined && range.from <= last.to) {
      result.splice(-1, 1, { from: last.from, to: Math.max(last.to, range.to) })
    } else {
      result.push(range)
    }
  }
  return result
}

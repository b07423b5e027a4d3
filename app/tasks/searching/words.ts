// The words of a text, for the search index and for what a person types. Case and diacritics do not matter. Scripts that
// write no spaces are cut into pairs of neighbouring characters, so that any part of a sentence can be found.
import { foldText } from '../quick-add/fold.ts'

/** Longer texts and words are searched by their beginning. */
const longestText = 4_000
const longestWord = 40
const mostWords = 400
const mostTypedWords = 6

export interface TypedWord {
  readonly word: string
  /** True when longer words that begin with it match, too. */
  readonly isPrefix: boolean
}

/** Returns each word of a text once, as the index has it. */
export function wordsIn(text: string): readonly string[] {
  const words = new Set<string>()
  for (const { run, isSpaced } of runsOf(foldedBeginning(text))) {
    if (isSpaced) words.add(run)
    else for (const pair of pairsOf(run)) words.add(pair)
    if (words.size >= mostWords) break
  }
  return [...words].slice(0, mostWords)
}

/**
 * Returns the words to look for; a text must have all of them. A single letter begins a word only at the end, where a person
 * is still typing it: many of them would read much of the index.
 */
export function typedWords(typed: string): readonly TypedWord[] {
  const words = new Map<string, TypedWord>()
  const runs = [...runsOf(foldedBeginning(typed))]
  for (const [at, { run, isSpaced }] of runs.entries()) {
    if (words.size >= mostTypedWords) break
    const isLast = at === runs.length - 1
    const pairs = isSpaced ? [run] : pairsOf(run)
    const whole = pairs.length > 1 ? pairs.slice(0, -1) : pairs
    const isPrefix = isSpaced ? isLast || run.length > 1 : pairs.length === 1
    for (const word of whole) words.set(word, { word, isPrefix })
  }
  return [...words.values()].slice(0, mostTypedWords)
}

/** True when a text with these words has the typed one. */
export function hasTyped(words: readonly string[], { word, isPrefix }: TypedWord): boolean {
  return words.some((one) => (isPrefix ? one.startsWith(word) : one === word))
}

/** True when each typed word begins a word of the text; always true when nothing was typed. */
export function hasTypedWords(text: string, typed: string): boolean {
  const words = wordsIn(text)
  return typedWords(typed).every((word) => hasTyped(words, word))
}

export interface Run {
  readonly run: string
  /** Where it begins in the text. */
  readonly at: number
  /** False for a script without spaces between words. */
  readonly isSpaced: boolean
}

const spaceless =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const run = new RegExp(`(?<unspaced>[${spaceless}]+)|[[\\p{L}\\p{N}]--[${spaceless}]]+`, 'gv')

/** Returns the letters and digits of a folded text, between anything else and between kinds of scripts. */
export function* runsOf(folded: string): Generator<Run> {
  for (const match of folded.matchAll(run)) {
    const isSpaced = match.groups?.['unspaced'] === undefined
    const at = match.index
    yield isSpaced ? { run: beginningOf(match[0]), at, isSpaced } : { run: match[0], at, isSpaced }
  }
}

function foldedBeginning(text: string): string {
  return foldText(text.length > longestText ? text.slice(0, longestText) : text)
}

/** Cuts between characters, never inside of one. */
function beginningOf(word: string): string {
  return word.length <= longestWord
    ? word
    : Array.from(word.slice(0, longestWord * 2))
        .slice(0, longestWord)
        .join('')
}

/** Returns neighbouring characters in pairs, and the last one alone: 東京都 → 東京, 京都, 都. */
function pairsOf(text: string): readonly string[] {
  const characters = Array.from(text)
  return characters.map((character, at) => character + (characters[at + 1] ?? ''))
}

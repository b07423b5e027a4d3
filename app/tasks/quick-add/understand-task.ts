// Quick add: turns "Send NDA tomorrow 3pm @sam #umbrella" into a task's text, due date, assignees and linked records.
import { findContacts, type FoundContact } from './find-contacts.ts'
import { findDate, type DateContext, type FoundDate } from './find-date.ts'
import { findNames, type FoundName, type Named } from './find-names.ts'
import { quotedRanges, type Range } from './piece.ts'

export interface QuickAddContext<Person, Record> extends DateContext {
  readonly people: readonly Named<Person>[]
  readonly records: readonly Named<Record>[]
  /** Phrases that the person turned back into text, as written in the line. */
  readonly kept: readonly string[]
}

export interface UnderstoodTask<Person, Record> {
  /** The line without the recognized parts. */
  readonly content: string
  readonly due: FoundDate | undefined
  readonly assignees: readonly FoundName<Person>[]
  readonly records: readonly FoundName<Record>[]
  /** Names that fit several people or records; they stay in the text until the person chooses one. */
  readonly unclear: readonly (Range & { readonly kind: 'person' | 'record' })[]
  /** Marks that no name fits; they stay in the text. */
  readonly unmatched: readonly (Range & { readonly kind: 'person' | 'record' })[]
  /** E-mail addresses and domains; they stay in the text. */
  readonly contacts: readonly FoundContact[]
}

export function understandTask<Person, Record>(
  line: string,
  context: QuickAddContext<Person, Record>,
): UnderstoodTask<Person, Record> {
  const quoted = [
    ...quotedRanges(line),
    ...context.kept.flatMap((phrase) => rangesOf(line, phrase)),
  ]
  const contacts = findContacts(line, quoted)
  const untouched = [...quoted, ...contacts]
  const people = findNames(line, '@', context.people, untouched)
  const records = findNames(line, '#', context.records, [...untouched, ...people.found])
  const named = [...people.found, ...records.found]
  const due = findDate(line, context, [...untouched, ...named])
  const content = withoutRanges(line, due === undefined ? named : [...named, due])
  const unclear = ofBothKinds(people.ambiguous, records.ambiguous)
  const unmatched = ofBothKinds(people.unmatched, records.unmatched)
  const names = { assignees: people.found, records: records.found, unclear, unmatched }
  if (hasVisibleText(content)) return { content, due, ...names, contacts }
  // When the line is only a date, the task is named after it: "Friday".
  const withDate = withoutRanges(line, named)
  if (hasVisibleText(withDate)) return { content: withDate, due: undefined, ...names, contacts }
  const none = { assignees: [], records: [], unclear: [], unmatched: [] }
  return { content: line.trim(), due: undefined, ...none, contacts }
}

function ofBothKinds(people: readonly Range[], records: readonly Range[]) {
  return [
    ...people.map(({ from, to }) => ({ from, to, kind: 'person' as const })),
    ...records.map(({ from, to }) => ({ from, to, kind: 'record' as const })),
  ]
}

/** Splits pasted text into one task per line, without bullets and numbers. */
export function taskLines(pasted: string): readonly string[] {
  return pasted
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map((line) => line.replace(/^\s*(?:[-*•–]|\[[ x]?\]|\d{1,3}[.)])\s+/iu, '').trim())
    .filter(hasVisibleText)
}

function hasVisibleText(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text)
}

function rangesOf(line: string, phrase: string): readonly Range[] {
  if (phrase === '') return []
  const ranges: Range[] = []
  for (let at = line.indexOf(phrase); at !== -1; at = line.indexOf(phrase, at + phrase.length)) {
    ranges.push({ from: at, to: at + phrase.length })
  }
  return ranges
}

function withoutRanges(line: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return line.trim()
  let text = ''
  let at = 0
  for (const { from, to } of ranges.toSorted((one, other) => one.from - other.from)) {
    text += `${line.slice(at, from)} `
    at = to
  }
  return tidy(text + line.slice(at))
}

/** Removes the spaces, commas and empty brackets that a removed part leaves behind. */
function tidy(text: string): string {
  return text
    .replaceAll(/\(\s*\)|\[\s*\]/g, ' ')
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/ ([,.;:!?)])/g, '$1')
    .replace(/^[\s,;:.]+/u, '')
    .replace(/[\s,;:]+$/u, '')
}

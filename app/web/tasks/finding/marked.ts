// A text with the words that a person searches for marked.
import { markedRanges } from '../../../tasks/tasks.ts'
import { html, type Html } from '../../ui/html.ts'

export function marked(text: string, search: string | undefined): Html {
  const ranges = search === undefined ? [] : markedRanges(text, search)
  if (ranges.length === 0) return html`${text}`
  const pieces = ranges.map(({ from, to }, at) => {
    const before = text.slice(ranges[at - 1]?.to ?? 0, from)
    return html`${before}<mark>${text.slice(from, to)}</mark>`
  })
  return html`${pieces}${text.slice(ranges.at(-1)?.to ?? 0)}`
}

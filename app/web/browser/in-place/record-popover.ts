// The popover that links a record. Matches from the mirror appear at once, and matches from Attio as they arrive.
import { createChoiceList, type Choice } from './choice-list.ts'
import { element } from './element.ts'
import { createAsker, listOf, lookupAddress, textOf } from './fetch-json.ts'
import { openPopover } from './popover.ts'

export type LinkableRecord = {
  readonly targetObject: string
  readonly recordId: string
  readonly name: string
  readonly kind: string
}

const attioPauseMs = 250

export function openRecordPopover(
  anchor: HTMLElement,
  connectionId: string,
  apply: (record: LinkableRecord) => void,
): void {
  const { box, close } = openPopover(anchor, 'Link a record')
  const status = element('p', { class: 'preview', role: 'status' })
  const askMirror = createAsker()
  const askAttio = createAsker()
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown = new Map<string, LinkableRecord>()
  const address = (source: string, text: string): string =>
    lookupAddress(`/lookups/${connectionId}/records`, { text, source })
  const add = (answer: unknown): void => {
    for (const found of listOf(answer, 'records').map(recordOf)) {
      // Attio and the mirror may name the object differently.
      if (found.name !== '' && !shown.has(found.recordId)) shown.set(found.recordId, found)
    }
    list.show([...shown].map(([id, record]) => ({ id, label: record.name, detail: record.kind })))
  }
  const search = async (text: string): Promise<void> => {
    clearTimeout(timer)
    const known = await askMirror(address('mirror', text))
    if (known === undefined || list.field.value !== text) return
    shown = new Map()
    add(known)
    if (text.trim().length < 2) return
    status.textContent = 'Searching Attio…'
    timer = setTimeout(() => void searchAttio(text), attioPauseMs)
  }
  const searchAttio = async (text: string): Promise<void> => {
    const found = await askAttio(address('attio', text))
    if (found === undefined || list.field.value !== text) return
    add(found)
    const isAnswered = textOf(found, 'kind') === 'found'
    if (!isAnswered) status.textContent = 'Attio did not answer. Showing records Taskr knows.'
    else status.textContent = shown.size === 0 ? `No records match “${text}”.` : ''
  }
  const list = createChoiceList({
    label: 'Link a record',
    placeholder: 'Search by name, email or domain',
    onType: (text) => void search(text),
    onTake: ({ id }: Choice) => {
      const record = shown.get(id)
      close()
      if (record !== undefined) apply(record)
    },
  })
  box.append(list.field, list.list, status)
  list.field.focus()
  void search('')
}

function recordOf(found: unknown): LinkableRecord {
  return {
    targetObject: textOf(found, 'targetObject'),
    recordId: textOf(found, 'recordId'),
    name: textOf(found, 'name'),
    kind: textOf(found, 'kind'),
  }
}

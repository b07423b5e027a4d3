// Pasted lines: each becomes a task after a confirmation. Lines that were not added are offered again, with the reason.
import { element } from '../in-place/element.ts'
import { listOf, textOf } from '../in-place/fetch-json.ts'
import { openPopover } from '../in-place/popover.ts'
import { listFields } from '../in-place/row.ts'
import { whyNot } from '../offline.ts'
import { tasksInWords } from '../select/bulk-attempts.ts'
import { say } from '../show-toast.ts'
import { post, rememberUndo, showAgain, undoLast } from '../undo-stack.ts'
import { addControl, addLine, chosenConnection } from './add-form.ts'

/** The server accepts at most this many lines at once. */
const batchSize = 50

export function linesIn(text: string): readonly string[] {
  return text.split(/\r\n|[\r\n]/).filter((one) => one.trim() !== '')
}

type Offer = {
  readonly lines: readonly string[]
  /** Why the lines were not added before. */
  readonly why?: string
  /** The key with which they were sent before, so that what reached Taskr is not added twice. */
  readonly key?: string | undefined
}

/** Asks whether to add a task per line, or one of all of them. */
export function offerToAdd(offer: Offer, understand: () => void): void {
  const field = addLine()
  if (field === null) return
  const { lines, why } = offer
  const many = `Add ${tasksInWords(lines.length)}`
  const { box, close } = openPopover(field, `${many}?`)
  const add = element('button', { type: 'button', class: 'primary' }, many)
  const one = element('button', { type: 'button' }, 'Add as one task')
  add.addEventListener('click', () => {
    close()
    void addAll(offer, understand)
  })
  one.addEventListener('click', () => {
    close()
    field.value = lines.map((text) => text.trim()).join(' ')
    field.focus()
    understand()
  })
  box.append(element('p', {}, why ?? `${many}?`), add, one)
  add.focus()
}

async function addAll(offer: Offer, understand: () => void): Promise<void> {
  const { added, key, left } = await sendAll(offer)
  rememberUndo(added)
  if (added.length > 0) {
    await showAgain()
    say(`Added ${tasksInWords(added.length)}.`, { undo: undoLast })
  }
  const [first] = left
  if (first === undefined) return
  const why = `${tasksInWords(left.length)} not added. ${first.why}`
  offerToAdd({ lines: left.map(({ line }) => line), why, key }, understand)
}

/** Sends the lines in batches. Lines whose answer was lost are left in their order, so that a retry sends the same batches. */
async function sendAll({ key: before, lines }: Offer) {
  const fields = new Map([...listFields(), ...ownFields()])
  const own = before ?? fields.get('requestKey') ?? ''
  const added: string[] = []
  const refused: { readonly line: string; readonly why: string }[] = []
  for (let at = 0; at < lines.length; at += batchSize) {
    // A line that stands in two batches is two tasks.
    const key = at === 0 ? own : `${own}-${at}`
    const batch = lines.slice(at, at + batchSize)
    const body = new URLSearchParams([...fields])
    body.set('requestKey', key)
    body.set('lines', batch.join('\n'))
    const answer = await post('/tasks/many', body)
    if (answer === undefined) {
      const lost = lines.slice(at).map((line) => ({ line, why: whyNot() }))
      return { added, key, left: [...lost, ...refused] }
    }
    added.push(...listOf(answer, 'changed').filter((id) => typeof id === 'string'))
    for (const one of listOf(answer, 'refused')) {
      refused.push({ line: textOf(one, 'line'), why: textOf(one, 'reason') })
    }
  }
  return { added, key: undefined, left: refused }
}

function ownFields(): readonly (readonly [string, string])[] {
  const [mine, today] = [addControl('isMine'), addControl('today')]
  return [
    ['connectionId', chosenConnection()],
    ['today', today instanceof HTMLInputElement ? today.value : ''],
    ...(mine instanceof HTMLInputElement && mine.checked ? ([['isMine', 'yes']] as const) : []),
  ]
}

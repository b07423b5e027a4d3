// Quick add: parts of the line become chips while a person types. Pressing a chip turns it back into text.
import { createAsker, listOf, lookupAddress, textOf } from './in-place/fetch-json.ts'
import { element } from './in-place/element.ts'
import { openPopover } from './in-place/popover.ts'
import { listFields } from './in-place/row.ts'
import { focusPlace } from './rows/rows.ts'
import { whyNot } from './offline.ts'
import { say } from './show-toast.ts'
import { pageShown } from './show-page.ts'
import { post, rememberUndo, showAgain, undoLast } from './undo-stack.ts'

const typingPauseMs = 80
const contactPauseMs = 400
/** Longer texts are not parsed while typing. */
const longestUnderstood = 500

/** Phrases that the person keeps as text. */
const kept = new Set<string>()
/** Records in Attio that match an email address or domain in the line. */
const contacts = new Map<string, { readonly record: string; readonly label: string } | undefined>()
const ask = createAsker()
const askContact = createAsker()
let timer: ReturnType<typeof setTimeout> | undefined
let contactTimer: ReturnType<typeof setTimeout> | undefined

export function understandWhileTyping(): void {
  document.addEventListener('input', ({ target }) => {
    if (target !== line()) return
    clearTimeout(timer)
    timer = setTimeout(() => void understand(), typingPauseMs)
  })
  document.addEventListener('keydown', (event) => {
    if (event.target !== line() || event.isComposing) return
    if (event.key === 'Escape') {
      line()?.blur()
      focusPlace()
    } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      form()?.append(hidden('open', 'yes'))
      form()?.requestSubmit()
    }
  })
  // On a phone the line opens as a sheet.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (target === form() && form()?.matches(':popover-open') === true) line()?.focus()
    },
    { capture: true },
  )
  document.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const count = text.split(/\r\n|[\r\n]/).filter((one) => one.trim() !== '').length
    if (event.target !== line() || count < 2) return
    event.preventDefault()
    askToAdd(text, count)
  })
  document.addEventListener(pageShown, () => {
    if (line()?.value === '') {
      kept.clear()
      contacts.clear()
      chips()?.replaceChildren()
    } else {
      void understand()
    }
    showNewRow()
  })
}

async function understand(): Promise<void> {
  const text = line()?.value ?? ''
  if (text.trim() === '' || text.length > longestUnderstood) {
    chips()?.replaceChildren()
    return
  }
  const query = new URLSearchParams({ text })
  for (const phrase of kept) query.append('kept', phrase)
  const answer = await ask(`/lookups/${connectionId()}/quick-add?${query.toString()}`)
  if (answer === undefined || line()?.value !== text) return
  const found = listOf(answer, 'chips')
  const shown = found.map((chip) => {
    const phrase = textOf(chip, 'phrase')
    const kind = textOf(chip, 'kind')
    const label = kind === 'unclear' ? `Which ${phrase}?` : textOf(chip, 'label')
    return chipOf({ kind, label, hint: `Turn back into text: ${phrase}` }, () => {
      kept.add(phrase)
      void understand()
    })
  })
  const has = (kind: string): boolean => found.some((chip) => textOf(chip, 'kind') === kind)
  chips()?.replaceChildren(
    ...shown,
    ...contactChips(listOf(answer, 'contacts')),
    ...settingChips({ hasDate: has('date'), hasPerson: has('person') }),
    ...[...kept].map((phrase) => hidden('kept[]', phrase)),
  )
}

/** Returns the view's defaults for a new task: workspace, assignee and date. */
function settingChips(line: { readonly hasDate: boolean; readonly hasPerson: boolean }): Node[] {
  const made: Node[] = []
  const date = control('date')
  if (!line.hasDate && date instanceof HTMLInputElement && date.value !== '') {
    const today = document.querySelector<HTMLElement>('main')?.dataset['today']
    const label = date.value === today ? 'today' : date.value
    made.push(
      chipOf({ kind: 'setting', label, hint: 'Remove the due date' }, () => {
        date.value = ''
        void understand()
      }),
    )
  }
  const mine = control('isMine')
  if (!line.hasPerson && mine instanceof HTMLInputElement) {
    const label = mine.checked ? 'for me' : 'unassigned'
    made.push(
      chipOf(
        { kind: 'setting', label, hint: mine.checked ? 'Leave unassigned' : 'Assign to me' },
        () => {
          mine.checked = !mine.checked
          void understand()
        },
      ),
    )
  }
  const workspace = control('connectionId')
  if (workspace instanceof HTMLSelectElement) {
    const label = workspace.selectedOptions[0]?.textContent?.trim() ?? ''
    made.push(
      chipOf({ kind: 'setting', label, hint: 'Next workspace' }, () => {
        workspace.selectedIndex = (workspace.selectedIndex + 1) % workspace.options.length
        contacts.clear()
        void understand()
      }),
    )
  }
  return made
}

function contactChips(found: readonly unknown[]): Node[] {
  const values = found.map((contact) => textOf(contact, 'value'))
  clearTimeout(contactTimer)
  const next = found.find((contact) => !contacts.has(textOf(contact, 'value')))
  if (next !== undefined) {
    contactTimer = setTimeout(() => void findContact(next), contactPauseMs)
  }
  return values.flatMap((value) => {
    const contact = contacts.get(value)
    if (contact === undefined) return []
    return [
      chipOf({ kind: 'record', label: contact.label, hint: `Do not link ${contact.label}` }, () => {
        contacts.set(value, undefined)
        void understand()
      }),
      hidden('record[]', contact.record),
    ]
  })
}

/** Asks Attio which person or company an email address or domain belongs to. */
async function findContact(contact: unknown): Promise<void> {
  const value = textOf(contact, 'value')
  const wanted = textOf(contact, 'kind') === 'email' ? 'person' : 'company'
  const address = `/lookups/${connectionId()}/records`
  const answer = await askContact(lookupAddress(address, { text: value, source: 'attio' }))
  if (answer === undefined) return
  const found = listOf(answer, 'records').find((record) => textOf(record, 'kind') === wanted)
  contacts.set(
    value,
    found === undefined
      ? undefined
      : {
          record: `${textOf(found, 'targetObject')}/${textOf(found, 'recordId')}`,
          label: textOf(found, 'name'),
        },
  )
  await understand()
}

function askToAdd(text: string, count: number): void {
  const field = line()
  if (field === null) return
  const { box, close } = openPopover(field, `Add ${count} tasks?`)
  const add = element('button', { type: 'button', class: 'primary' }, `Add ${count} tasks`)
  const one = element('button', { type: 'button' }, 'Add as one task')
  add.addEventListener('click', () => {
    close()
    void addMany(text)
  })
  one.addEventListener('click', () => {
    close()
    field.value = text.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim()
    field.focus()
    void understand()
  })
  box.append(element('p', {}, `Add ${count} tasks?`), add, one)
  add.focus()
}

async function addMany(lines: string): Promise<void> {
  const body = new URLSearchParams([...listOfFields(), ['lines', lines]])
  const answer = await post('/tasks/many', body)
  if (answer === undefined) return say(`${whyNot()} Nothing was added.`)
  const changed = listOf(answer, 'changed').filter((id) => typeof id === 'string')
  const [refused] = listOf(answer, 'refused')
  rememberUndo(changed)
  await showAgain()
  const added = changed.length === 1 ? 'Added 1 task.' : `Added ${changed.length} tasks.`
  say(refused === undefined ? added : `${added} ${textOf(refused, 'reason')}`, { undo: undoLast })
}

function listOfFields(): string[][] {
  const mine = control('isMine')
  return [
    ...listFields().map(([name, value]) => [name, value]),
    ['connectionId', connectionId()],
    ['today', today()],
    ...(mine instanceof HTMLInputElement && mine.checked ? [['isMine', 'yes']] : []),
  ]
}

/** Highlights the row of a new task. If the view does not show it, the toast links to it. */
function showNewRow(): void {
  const toast = document.querySelector<HTMLElement>('#toasts > [data-added]')
  const row = document.getElementById(`task-${toast?.dataset['added'] ?? ''}`)
  if (toast === null || row === null) return
  toast.querySelector('.show')?.remove()
  row.dataset['new'] = ''
}

function chipOf(
  { kind, label, hint }: { readonly kind: string; readonly label: string; readonly hint: string },
  press: () => void,
): HTMLElement {
  const chip = element('button', { type: 'button', title: hint, 'data-kind': kind }, label)
  chip.append(element('span', { class: 'visually-hidden' }, ` · ${hint}`))
  const remove = (): void => {
    press()
    line()?.focus()
  }
  chip.addEventListener('click', remove)
  chip.addEventListener('keydown', (event) => {
    if (event.key === 'Backspace' || event.key === 'Delete') remove()
  })
  return chip
}

function hidden(name: string, value: string): HTMLInputElement {
  return element('input', { type: 'hidden', name, value })
}

function form(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>('main form.add')
}

function line(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('#add-content')
}

function chips(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-chips]')
}

function control(name: string): Element | RadioNodeList | null {
  return form()?.elements.namedItem(name) ?? null
}

function today(): string {
  const field = control('today')
  return field instanceof HTMLInputElement ? field.value : ''
}

function connectionId(): string {
  const field = control('connectionId')
  return field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.value : ''
}

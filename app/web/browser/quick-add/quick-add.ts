// Quick add: parts of the line become chips while a person types. Pressing a chip turns it back into text.
import { membersIn } from '../in-place/assignee-popover.ts'
import { createAsker, listOf, property, textOf } from '../in-place/fetch-json.ts'
import { focusPlace } from '../rows/rows.ts'
import { pageShown } from '../page-shown.ts'
import { addForm, addLine, chosenConnection, hiddenField } from './add-form.ts'
import { showAdding, type Adding, type TypedTask } from './added-row.ts'
import { chipOf } from './chip.ts'
import { contactChips, forgetContacts } from './contact-chips.ts'
import { linesIn, offerToAdd } from './pasted-lines.ts'
import { settingChips } from './setting-chips.ts'

const typingPauseMs = 80
/** Longer texts are not parsed while typing. */
const longestUnderstood = 500

/** Chips of these kinds say why a phrase stays text. */
const isText: ReadonlySet<string> = new Set(['unclear', 'unmatched'])

/** What Taskr understood last. */
let understood: TypedTask | undefined

/** Phrases that the person keeps as text. */
const kept = new Set<string>()
const ask = createAsker()
let timer: ReturnType<typeof setTimeout> | undefined

export function understandWhileTyping(): void {
  document.addEventListener('input', ({ target }) => {
    if (target !== addLine()) return
    clearTimeout(timer)
    timer = setTimeout(again, typingPauseMs)
  })
  document.addEventListener('keydown', (event) => {
    if (event.target !== addLine() || event.isComposing) return
    if (event.key === 'Escape') {
      addLine()?.blur()
      focusPlace()
    } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      addForm()?.append(hiddenField('open', 'yes'))
      addForm()?.requestSubmit()
    }
  })
  // On a phone the line opens as a sheet.
  document.addEventListener(
    'toggle',
    ({ target }) => {
      if (target === addForm() && addForm()?.matches(':popover-open') === true) addLine()?.focus()
    },
    { capture: true },
  )
  document.addEventListener('paste', (event) => {
    const lines = linesIn(event.clipboardData?.getData('text/plain') ?? '')
    if (event.target !== addLine() || lines.length < 2) return
    event.preventDefault()
    offerToAdd({ lines }, again)
  })
  document.addEventListener(pageShown, () => {
    if (addLine()?.value === '') clear()
    else {
      again()
    }
    showNewRow()
  })
}

/** Shows the task of the line at once, and makes room for the next one. */
export function beginAdding(): Adding {
  const field = addLine()
  const line = field?.value ?? ''
  const task =
    understood?.line === line
      ? understood
      : { line, content: line.trim(), due: undefined, people: [], records: [] }
  const adding = showAdding(task)
  const phrases = [...kept]
  if (field !== null) field.value = ''
  clear()
  return {
    ...adding,
    giveBack: (reason) => {
      adding.giveBack(reason)
      for (const phrase of phrases) kept.add(phrase)
      again()
    },
  }
}

function clear(): void {
  kept.clear()
  forgetContacts()
  chips()?.replaceChildren()
  for (const one of addForm()?.querySelectorAll('[name="open"], .message[data-script]') ?? [])
    one.remove()
  addLine()?.removeAttribute('aria-invalid')
}

function again(): void {
  void understand()
}

async function understand(): Promise<void> {
  const text = addLine()?.value ?? ''
  if (text.trim() === '' || text.length > longestUnderstood) {
    chips()?.replaceChildren()
    return
  }
  const query = new URLSearchParams({ text })
  for (const phrase of kept) query.append('kept', phrase)
  const answer = await ask(`/lookups/${chosenConnection()}/quick-add?${query.toString()}`)
  if (answer === undefined || addLine()?.value !== text) return
  const found = listOf(answer, 'chips')
  const shown = found.map((chip) => {
    const phrase = textOf(chip, 'phrase')
    const kind = textOf(chip, 'kind')
    const hint = isText.has(kind) ? `Keep as text: ${phrase}` : `Turn back into text: ${phrase}`
    return chipOf({ kind, label: textOf(chip, 'label'), hint }, () => {
      kept.add(phrase)
      again()
    })
  })
  understood = understoodIn(text, answer)
  const has = (kind: string): boolean => found.some((chip) => textOf(chip, 'kind') === kind)
  chips()?.replaceChildren(
    ...shown,
    ...contactChips(listOf(answer, 'contacts'), again),
    ...settingChips({ hasDate: has('date'), hasPerson: has('person') }, again),
    ...[...kept].map((phrase) => hiddenField('kept[]', phrase)),
  )
}

function understoodIn(line: string, answer: unknown): TypedTask {
  const due = property(answer, 'due')
  const namesOf = (kind: string): readonly unknown[] =>
    listOf(answer, 'chips').filter((chip) => textOf(chip, 'kind') === kind)
  return {
    line,
    content: textOf(answer, 'content'),
    due: due === undefined ? undefined : { day: textOf(due, 'date'), time: textOf(due, 'time') },
    people: membersIn(namesOf('person')),
    records: namesOf('record').map((chip) => textOf(chip, 'label')),
  }
}

/** Highlights the row of a new task. If the view does not show it, the toast links to it. */
function showNewRow(): void {
  const toast = document.querySelector<HTMLElement>('#toasts > [data-added]')
  const row = document.getElementById(`task-${toast?.dataset['added'] ?? ''}`)
  if (toast === null || row === null) return
  toast.querySelector('.show')?.remove()
  row.dataset['new'] = ''
}

function chips(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-chips]')
}

// Quick add: parts of the line become chips while a person types. Pressing a chip turns it back into text.
import { createAsker, listOf, textOf } from '../in-place/fetch-json.ts'
import { focusPlace } from '../rows/rows.ts'
import { pageShown } from '../show-page.ts'
import { addForm, addLine, chosenConnection, hiddenField } from './add-form.ts'
import { chipOf } from './chip.ts'
import { contactChips, forgetContacts } from './contact-chips.ts'
import { linesIn, offerToAdd } from './pasted-lines.ts'
import { settingChips } from './setting-chips.ts'

const typingPauseMs = 80
/** Longer texts are not parsed while typing. */
const longestUnderstood = 500

/** Chips of these kinds say why a phrase stays text. */
const isText: ReadonlySet<string> = new Set(['unclear', 'unmatched'])

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
    if (addLine()?.value === '') {
      kept.clear()
      forgetContacts()
      chips()?.replaceChildren()
    } else {
      again()
    }
    showNewRow()
  })
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
  const has = (kind: string): boolean => found.some((chip) => textOf(chip, 'kind') === kind)
  chips()?.replaceChildren(
    ...shown,
    ...contactChips(listOf(answer, 'contacts'), again),
    ...settingChips({ hasDate: has('date'), hasPerson: has('person') }, again),
    ...[...kept].map((phrase) => hiddenField('kept[]', phrase)),
  )
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

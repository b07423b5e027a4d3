// Searches while a person types. The results take the list's place; Esc brings the list back as it was.
import { fetchPage } from '../fetch-page.ts'
import { sentFields } from '../form-fields.ts'
import { focusFirst, focusRowOf, idOfPlace } from '../rows/rows.ts'
import { showAt } from '../submit-in-place.ts'

const typingPauseMs = 60

type ListBefore = {
  readonly address: string
  readonly rowId: string | undefined
  readonly scrolledTo: number
}

let before: ListBefore | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let latest = 0

export function searchWhileTyping(): void {
  const typed = (event: Event): void => {
    if (event.target !== field() || (event instanceof InputEvent && event.isComposing)) return
    clearTimeout(timer)
    timer = setTimeout(() => void search(), typingPauseMs)
  }
  document.addEventListener('input', typed)
  document.addEventListener('compositionend', typed)
  document.addEventListener('keydown', (event) => {
    if (event.target !== field() || event.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      void leave()
    } else if (event.key === 'ArrowDown') {
      event.preventDefault()
      focusFirst()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      void search().then(focusFirst)
    }
  })
  if (location.hash === '#search') field()?.focus()
}

/** Focuses the search field. On a page without one, goes to the list that has it. */
export function openSearch(): boolean {
  const here = field()
  if (here === null) {
    location.assign('/?view=all&whose=everyone#search')
    return true
  }
  here.focus()
  here.select()
  return true
}

async function search(): Promise<void> {
  clearTimeout(timer)
  const form = field()?.form
  if (form === null || form === undefined) return
  const text = field()?.value.trim() ?? ''
  const current = new URL(location.href)
  const isSearching = current.searchParams.has('q')
  if (text === (current.searchParams.get('q') ?? '')) return
  if (!isSearching) before = { address: location.href, rowId: idOfPlace(), scrolledTo: scrollY }
  const address = text === '' ? listBefore() : addressOf(form, text)
  await show(address, isSearching ? 'replace' : 'push')
}

/** Leaves the search, and returns to the row and the place that it was opened from. */
async function leave(): Promise<void> {
  clearTimeout(timer)
  const input = field()
  const isSearching = new URL(location.href).searchParams.has('q')
  if (input !== null) input.value = ''
  if (isSearching) await show(listBefore(), 'replace')
  field()?.blur()
  const rowId = before === undefined ? idOfPlace() : before.rowId
  if (rowId !== undefined) focusRowOf(rowId)
  if (before !== undefined) scrollTo(0, before.scrolledTo)
  before = undefined
}

async function show(address: string, how: 'push' | 'replace'): Promise<void> {
  latest += 1
  const own = latest
  const answer = await fetchPage(address)
  // A later key has asked again.
  if (own !== latest || answer.kind !== 'page') return
  showAt(answer.page, answer.address, { sent: new Map(), how })
}

/** Returns the list that the search began in; without one, the list that the search narrows. */
function listBefore(): string {
  if (before !== undefined) return before.address
  const address = new URL(location.href)
  for (const name of ['q', 'view', 'page']) address.searchParams.delete(name)
  return address.href
}

function addressOf(form: HTMLFormElement, text: string): string {
  const query = sentFields(form)
  query.set('q', text)
  return `${new URL(form.action).pathname}?${query.toString()}`
}

function field(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('form[data-search] input[name="q"]')
}

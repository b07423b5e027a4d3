// The panel that shows a task beside the list. It has the task's own address, so that a reload or a shared link shows the
// task's page. The focus stays on the row, and the panel follows it.
import { Idiomorph } from 'idiomorph'
import { fetchPage } from '../fetch-page.ts'
import { element, keyButton } from '../in-place/element.ts'
import { isSamePage, pageAddress, setAddressBeneath } from '../page-address.ts'
import { focusRow, keepingPlace, rowAround } from '../rows/rows.ts'
import { cardOpened, cardShown } from './card-shown.ts'
import { pageShown } from '../page-shown.ts'
import { morphAround, showPage } from '../show-page.ts'
import { showListAgain } from '../undo-stack.ts'
import {
  hasPlaceForTyped,
  keepTyped,
  settleTyped,
  typeAgain,
  whatIsTyped,
  type Sent,
} from '../typed-text.ts'

type Panel = {
  readonly box: HTMLElement
  /** the address of the task shown */
  address: URL
  rowId: string
}

let panel: Panel | undefined
/** The list that a panel was opened on, for Forward after the panel was closed. */
let lastList: URL | undefined
const followPauseMs = 60
let timer: ReturnType<typeof setTimeout> | undefined

export function openRowsInPanel(): void {
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || !(event.target instanceof Element)) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target.closest<HTMLAnchorElement>('main .task[id] .what a')
    const row = rowAround(link)
    if (link === null || row === undefined) return
    event.preventDefault()
    if (panel?.rowId === row.id) return focusPanel()
    openPanel(row)
  })
  document.addEventListener('focusin', ({ target }) => {
    const row = rowAround(target)
    if (panel === undefined || row === undefined || row.id === panel.rowId) return
    clearTimeout(timer)
    timer = setTimeout(() => openPanel(row), followPauseMs)
  })
  document.addEventListener(pageShown, () => {
    markRow()
    if (panel !== undefined) void fill(panel)
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || panel === undefined) return
    if (!(event.target instanceof Node) || !panel.box.contains(event.target)) return
    event.preventDefault()
    closePanel()
  })
}

/** Closes the panel, and returns to its row. Returns false when none is open. */
export function closePanel(): boolean {
  if (panel === undefined) return false
  // The handler of popstate removes the panel.
  history.back()
  return true
}

/** The row whose task the panel shows. */
export function peekedRow(): HTMLElement | undefined {
  return document.getElementById(panel?.rowId ?? '') ?? undefined
}

/** Follows Back and Forward between a list and its panel. Returns false for any other step of the history. */
export function followPanelHistory(): boolean {
  if (panel !== undefined && isSamePage(pageAddress(), location)) {
    removePanel()
    return true
  }
  if (lastList === undefined) return false
  const row = [...document.querySelectorAll<HTMLElement>('main .task[id]')].find((one) => {
    const link = linkOf(one)
    return link !== null && isSamePage(new URL(link.href), location)
  })
  if (row === undefined) return false
  show(row, new URL(location.href), lastList)
  return true
}

/**
 * Shows the answer to a form of the panel: the task in the panel, or the list beneath it. Returns false when the answer is
 * neither, and belongs to the whole page.
 */
export function showInPanel(page: Document, address: URL, sent: Sent): boolean {
  if (panel === undefined) return false
  if (isSamePage(address, pageAddress())) {
    settleTyped(sent)
    showPage(page, { keepsToast: false, sent })
    return true
  }
  const isOfAnother = !address.pathname.startsWith(panel.address.pathname)
  // When the person has moved on to another task, only the list and the toast tell of the answer.
  if (isOfAnother ? page.querySelector('article.task-page') === null : !showCard(panel, page, sent))
    return false
  const toasts = document.querySelector('#toasts')
  const fresh = page.querySelector('#toasts')
  if (toasts !== null && fresh !== null) void Idiomorph.morph(toasts, fresh)
  void showListAgain()
  return true
}

function openPanel(row: HTMLElement): void {
  const link = linkOf(row)
  if (link === null) return
  const list = pageAddress()
  const address = new URL(link.href)
  if (panel === undefined) history.pushState(null, '', address)
  else history.replaceState(null, '', address)
  show(row, address, list)
}

function show(row: HTMLElement, address: URL, list: URL): void {
  lastList = list
  setAddressBeneath(list)
  const isNew = panel === undefined
  if (panel === undefined) panel = { box: createBox(), address, rowId: row.id }
  else Object.assign(panel, { address, rowId: row.id })
  markRow()
  showTitle(panel, row)
  void fill(panel)
  if (isNew && matchMedia('(max-width: 47.99rem)').matches) focusPanel()
}

/** Shows the task's text at once, until its card is there. */
function showTitle({ box, rowId }: Panel, row: HTMLElement): void {
  const body = box.querySelector('.body')
  const shown = body?.querySelector('article')
  if (body === null || shown?.dataset['task'] === rowId) return
  keepTyped(body)
  const title = element('span', {}, row.querySelector('.what')?.textContent?.trim() ?? '')
  body.replaceChildren(
    element(
      'article',
      { class: 'task-page', 'aria-busy': 'true' },
      element('h1', { dir: 'auto' }, title),
    ),
  )
  box.scrollTo(0, 0)
}

async function fill(shown: Panel): Promise<void> {
  const { address } = shown
  const answer = await fetchPage(address.href)
  if (shown !== panel || shown.address !== address || answer.kind === 'unreachable') return
  if (answer.kind === 'page') followTask(shown, answer.address)
  if (answer.kind === 'not-a-page') location.assign(answer.address)
  else if (!showCard(shown, answer.page) && whatIsTyped(undefined, shown.box).size === 0)
    closePanel()
}

/** Follows a task to another ID: one that Attio has just given it, or that of the copy that replaced it. */
function followTask(shown: Panel, address: URL): void {
  const taskId = address.pathname.match(/^\/tasks\/[^/]+\/([^/]+)$/)?.[1]
  if (taskId === undefined || address.pathname === shown.address.pathname) return
  Object.assign(shown, { address, rowId: `task-${taskId}` })
  history.replaceState(null, '', address)
  shown.box.querySelector('article[data-task]')?.setAttribute('data-task', shown.rowId)
  markRow()
}

/** Morphs the task's card into the panel. Returns false when the page is not a task's. */
function showCard({ box, rowId }: Panel, page: Document, sent?: Sent): boolean {
  const card = page.querySelector('article.task-page')
  const body = box.querySelector('.body')
  if (card === null || body === null) return false
  // The list draws the icons already.
  if (document.querySelector('main .icon-sheet') !== null)
    card.querySelector('.icon-sheet')?.remove()
  const before = body.querySelector<HTMLElement>('article')
  if (before === null || before.dataset['task'] !== rowId) {
    keepTyped(body)
    body.replaceChildren(card)
    typeAgain(card)
    box.scrollTo(0, 0)
    document.dispatchEvent(new Event(cardOpened))
    document.dispatchEvent(new Event(cardShown))
    return true
  }
  const typed = whatIsTyped(sent, body)
  // A title that is being edited stays, whatever the new page says.
  for (const field of typed.keys()) if (field.matches('.text-edit')) typed.delete(field)
  if (!hasPlaceForTyped(page, typed)) return true
  keepingPlace(() => morphAround(typed, before, card))
  document.dispatchEvent(new Event(cardShown))
  return true
}

function removePanel(): void {
  if (panel === undefined) return
  const { box } = panel
  keepTyped(box)
  const row = peekedRow()
  const hadFocus = box.contains(document.activeElement) || document.activeElement === document.body
  panel = undefined
  clearTimeout(timer)
  setAddressBeneath(undefined)
  box.remove()
  markRow()
  if (hadFocus && row !== undefined) focusRow(row, false)
}

function createBox(): HTMLElement {
  const close = keyButton('Close', 'Esc', {
    class: 'quiet close',
    'aria-keyshortcuts': 'Escape',
  })
  close.addEventListener('click', () => closePanel())
  const box = element(
    'aside',
    { class: 'peek', 'aria-label': 'Task', tabindex: '-1', 'data-script': '' },
    close,
    element('div', { class: 'body' }),
  )
  document.body.append(box)
  return box
}

function focusPanel(): void {
  panel?.box.focus({ preventScroll: true })
}

function markRow(): void {
  for (const row of document.querySelectorAll('main .task[id]')) {
    row.toggleAttribute('data-peeked', row.id === panel?.rowId)
  }
}

function linkOf(row: HTMLElement): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>('.what a')
}

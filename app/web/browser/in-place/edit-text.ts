// Edits a task's text in its row, or as the title of its card.
import { fetchPage } from '../fetch-page.ts'
import { cardOpened } from '../peek/card-shown.ts'
import { showInPanel } from '../peek/peek.ts'
import { showAt } from '../submit-in-place.ts'
import { taskOf, resourceOf } from './row.ts'
import { refuse } from './refusals.ts'
import { reasonOf, sendEdit } from './send-edit.ts'
import { showText } from './show-in-row.ts'
import { showUntilAnswered } from './until-answered.ts'
import { isDrafted, keepDraft, openTextEditor, type EditableText } from './text-editor.ts'

export function letTitlesBeEdited(): void {
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || event.defaultPrevented) return
    const part = event.target.closest('.task-page :is(h1, #text > summary)')
    const card = part?.closest<HTMLElement>('.task-page')
    // A click that ends the selection of some words is none on the title.
    const isSelecting = part?.matches('h1') === true && getSelection()?.isCollapsed === false
    if (card === null || card === undefined || isSelecting) return
    if (event.target.closest('.text-edit, .text-actions') !== null) return
    if (edit(textOfCard(card))) event.preventDefault()
  })
  const resume = (): void => {
    for (const card of document.querySelectorAll<HTMLElement>('.task-page')) {
      const editable = textOfCard(card)
      if (editable !== undefined && isDrafted(editable))
        openTextEditor(editable, { hasFocus: false })
    }
  }
  document.addEventListener(cardOpened, resume)
}

/** Edits the text of the card that has the focus, or of the row. Returns false when it cannot be changed. */
export function editText(row: HTMLElement | undefined): boolean {
  const shown = document.activeElement?.closest('.peek') ?? document.querySelector('main')
  const card = shown?.querySelector<HTMLElement>('.task-page')
  return edit(card ? textOfCard(card) : textOfRow(row))
}

function edit(editable: EditableText | undefined): boolean {
  if (editable === undefined) return false
  openTextEditor(editable, { hasFocus: true })
  return true
}

function textOfRow(row: HTMLElement | undefined): EditableText | undefined {
  const task = taskOf(row)
  const holder = task?.row.querySelector<HTMLElement>('.what')
  const link = holder?.querySelector<HTMLElement>('a')
  if (task === undefined || !holder || !link) return undefined
  const { id } = task.row
  const address = resourceOf(task, 'replacement')
  const editable: EditableText = {
    holder,
    text: link.dataset['untitled'] === undefined ? (link.textContent ?? '') : '',
    name: address,
    leave: () => document.getElementById(id)?.querySelector<HTMLElement>('.what a')?.focus(),
    save: (text) => void save(text),
  }
  return editable

  async function save(content: string): Promise<void> {
    if (task === undefined) return
    const reason = await sendEdit({
      id: task.row.id,
      address,
      fields: [['content', content]],
      isReplacement: true,
      show: (shown) => showText(shown, content),
    })
    if (reason === undefined) return
    // The row says why, and keeps what was typed.
    const again = textOfRow(document.getElementById(id) ?? undefined)
    keepDraft(editable, content)
    if (again === undefined) return
    openTextEditor(again, { hasFocus: again.holder.contains(document.activeElement) })
  }
}

/** The form of the card has the address, and the text as Attio has it. */
function textOfCard(card: HTMLElement): EditableText | undefined {
  const holder = card.querySelector<HTMLElement>('h1')
  const form = card.querySelector<HTMLFormElement>('#text form')
  const field = form?.querySelector('textarea')
  if (holder === null || !form || !field) return undefined
  const address = form.action
  const editable: EditableText = {
    holder,
    text: field.defaultValue,
    name: new URL(address).pathname,
    leave: () => (card.closest<HTMLElement>('.peek') ?? summaryOf(card))?.focus(),
    save: (text) => void save(text),
  }
  return editable

  async function save(content: string): Promise<void> {
    const id = card.dataset['task'] ?? ''
    const shown = showUntilAnswered([id], (part) => showText(part, content))
    const body = new URLSearchParams({ content })
    for (const { name, value } of form?.querySelectorAll('input') ?? []) body.append(name, value)
    const answer = await fetchPage(address, { method: 'POST', body })
    shown.end()
    const reason = reasonOf(answer)
    if (reason === undefined && answer.kind === 'page') {
      const sent = new Map()
      if (showInPanel(answer.page, answer.address, sent)) return
      return showAt(answer.page, answer.address, { sent, how: 'replace' })
    }
    shown.takeBack()
    keepDraft(editable, content)
    if (card.isConnected) openTextEditor(editable, { hasFocus: false })
    refuse(id, reason ?? '')
  }
}

function summaryOf(card: HTMLElement): HTMLElement | null {
  return card.querySelector<HTMLElement>('#text > summary')
}

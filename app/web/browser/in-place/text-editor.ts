// The field that takes the place of a text while a person edits it. Enter saves, Shift-Enter begins a new line, Esc gives
// the text back. Attio cannot change a task's text, so the field says that saving makes a copy, once the text differs.
import { element, keyButton } from './element.ts'

export type EditableText = {
  /** the element around the text, which it holds in its first child */
  readonly holder: HTMLElement
  readonly text: string
  /** names the text, so that what was typed is found again */
  readonly name: string
  /** Moves the focus to where it was before. */
  readonly leave: () => void
  readonly save: (text: string) => void
}

/** Texts that were typed and not saved, by the name of their task's field. */
const drafts = new Map<string, string>()

export function isDrafted({ name }: EditableText): boolean {
  return drafts.has(name)
}

/** Keeps a text that was refused, so that the field opens with it. */
export function keepDraft({ name }: EditableText, text: string): void {
  drafts.set(name, text)
}

/** Opens the field with the text, or with what was typed before. */
export function openTextEditor(
  editable: EditableText,
  { hasFocus }: { readonly hasFocus: boolean },
): void {
  const { holder, name, text } = editable
  const before = holder.querySelector<HTMLElement>('.text-edit')
  if (before !== null) return before.focus()
  const { actions, cancel, field, hint, save } = createElements(text)
  field.value = drafts.get(name) ?? text
  const isChanged = (): boolean => field.value.trim() !== text.trim()
  const show = (): void => {
    actions.hidden = !isChanged()
    hint.textContent = isChanged() ? why(field.value) : ''
    if (isChanged()) drafts.set(name, field.value)
    else drafts.delete(name)
  }
  let isOpen = true
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    const hadFocus = holder.contains(document.activeElement)
    drafts.delete(name)
    field.remove()
    actions.remove()
    if (hadFocus) editable.leave()
  }
  const finish = (): void => {
    const typed = field.value.trim()
    const isNew = isChanged()
    if (isNew && typed === '') return
    close()
    if (isNew) editable.save(typed)
  }
  field.addEventListener('input', show)
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    const isDone = event.key === 'Enter' && !event.shiftKey
    if (!isDone && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (isDone) finish()
    else close()
  })
  field.addEventListener('blur', () => {
    if (!isChanged()) close()
  })
  save.addEventListener('click', finish)
  cancel.addEventListener('click', close)
  holder.append(field, actions)
  show()
  if (!hasFocus) return
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

function createElements(text: string) {
  const field = element(
    'textarea',
    { class: 'text-edit', rows: '1', dir: 'auto', 'aria-label': 'Text', 'data-script': '' },
    text,
  )
  const [save, cancel] = [keyButton('Save as a copy', '↵'), keyButton('Cancel', 'Esc')]
  save.classList.add('primary')
  const hint = element('span', { role: 'status' })
  const actions = element('span', { class: 'text-actions', 'data-script': '' }, save, cancel, hint)
  return { actions, cancel, field, hint, save }
}

function why(typed: string): string {
  return typed.trim() === '' ? 'Enter a task.' : 'Attio can’t edit task text.'
}

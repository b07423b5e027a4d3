// Tracks typed and chosen values that are not sent yet, so that neither a refetched page nor a refused form loses them.
import type { FetchedPage } from './fetch-page.ts'

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

export type Typed = {
  /** identifies the field on its page, so that its text is not restored into another field */
  readonly name: string
  readonly content: string
}

/** A form's contents when it was sent. Text typed later counts as unsent. */
export type Sent = ReadonlyMap<Element, string>

export function contentsOf(form: HTMLFormElement): Sent {
  return new Map(fieldsIn(form).map((field) => [field, contentOf(field)]))
}

export function whatIsTyped(sent?: Sent, part: ParentNode = document): Map<Element, Typed> {
  const typed = new Map<Element, Typed>()
  for (const field of fieldsIn(part)) {
    const content = contentOf(field)
    if (isTouched(field) && sent?.get(field) !== content) {
      typed.set(field, { name: nameOf(field), content })
    }
  }
  return typed
}

/** Returns what is typed on the page itself: showing a fetched page leaves the script's own parts, as the panel, alone. */
export function whatIsTypedOnPage(): Map<Element, Typed> {
  return new Map([...whatIsTyped()].filter(([field]) => field.closest('[data-script]') === null))
}

/**
 * True when every field with typed text also exists on that page, and every choice of its form can still be made there:
 * a task that was typed for one workspace must not go to another.
 */
export function hasPlaceForTyped(page: Document, typed = whatIsTyped()): boolean {
  const places = new Set(fieldsIn(page).map(nameOf))
  const forms = new Set([...typed.keys()].map((field) => (isField(field) ? field.form : null)))
  return (
    [...typed.values()].every(({ name }) => places.has(name)) &&
    [...forms].every((form) => form === null || canStillChoose(form, page))
  )
}

export const loggedOut = 'Not saved: you’re logged out. Log in in another tab, then try again.'

/** Returns why the page must stay as it is; undefined when the answer can be shown. */
export function whyToStay(answer: FetchedPage): string | undefined {
  if (answer.kind !== 'page') return undefined
  const { page, isRedirected } = answer
  if (whatIsTyped().size === 0 || hasPlaceForTyped(page)) return undefined
  if (page.querySelector('form[action="/login"]') !== null) {
    return loggedOut
  }
  if (!isRedirected) return `Not saved. ${textOf(page, 'main h1') ?? ''}`.trim()
  return textOf(page, '#toasts > [data-kind="not-changed"] p')
}

function textOf(page: Document, selector: string): string | undefined {
  return page.querySelector(selector)?.textContent?.trim()
}

function canStillChoose(form: HTMLFormElement, page: Document): boolean {
  const fresh = fieldsIn(page)
  return [...form.querySelectorAll('select')].every((select) => {
    const same = fresh.find((field) => nameOf(field) === nameOf(select))
    return (
      !(same instanceof HTMLSelectElement) ||
      [...same.options].some(({ value }) => value === select.value)
    )
  })
}

/** Makes what was sent count as no longer typed, where no page comes back in which it stands. */
export function settleTyped(sent: Sent): void {
  for (const [field, content] of sent) {
    if (!isField(field) || contentOf(field) !== content) continue
    if (field instanceof HTMLSelectElement) {
      for (const option of field.options) option.defaultSelected = option.selected
    } else if (isToggle(field)) field.defaultChecked = field.checked
    else field.defaultValue = field.value
  }
}

/** Texts typed into parts of the page that were removed since, by the names of their fields. */
const unsent = new Map<string, string>()

/** Keeps what is typed in a part that is about to go. */
export function keepTyped(part: ParentNode): void {
  for (const [field, { name, content }] of whatIsTyped(undefined, part)) {
    if (!field.matches('.text-edit')) unsent.set(name, content)
  }
}

/** Fills in what was typed when the part's fields were last shown, and opens where they stand. */
export function typeAgain(part: ParentNode): void {
  for (const field of fieldsIn(part)) {
    const content = unsent.get(nameOf(field))
    if (content === undefined) continue
    unsent.delete(nameOf(field))
    if (isToggle(field)) field.checked = content === 'true'
    else field.value = content
    const opened = field.closest('details')
    if (opened !== null) opened.open = true
  }
}

/** Restores the choice in a select, because its options may have changed or moved. */
export function chooseAgain(field: Element, { content }: Typed): void {
  if (!(field instanceof HTMLSelectElement) || field.value === content) return
  if ([...field.options].some(({ value }) => value === content)) field.value = content
}

export function isSameField(field: Element, { name }: Typed): boolean {
  return isField(field) && nameOf(field) === name
}

function fieldsIn(part: ParentNode): Field[] {
  const typed = part.querySelectorAll('form :is(input, textarea, select), .text-edit')
  return [...typed].filter(isField)
}

function isField(element: Element): element is Field {
  if (element instanceof HTMLInputElement) return element.type !== 'hidden'
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement
}

function nameOf(field: Field): string {
  const form = field.form?.getAttribute('action')
  return `${form} ${field.name} ${isToggle(field) ? field.value : ''}`
}

function contentOf(field: Field): string {
  return isToggle(field) ? String(field.checked) : field.value
}

function isTouched(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].some((option) => option.selected !== option.defaultSelected)
  }
  if (isToggle(field)) return field.checked !== field.defaultChecked
  // A partly typed date has no value yet.
  return field.value !== field.defaultValue || field.validity.badInput
}

function isToggle(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
}

// Turns the page that is shown into the page that was fetched, touching only what differs: focus,
// selection, scroll position and what is open stay where they are.
import { Idiomorph } from 'idiomorph'
import { enhance } from './enhance.ts'

export type Showing = {
  /** what was said after an action stays, because nobody acted since */
  readonly keepsNotice: boolean
}

export function showPage(page: Document, { keepsNotice }: Showing): void {
  document.title = page.title
  void Idiomorph.morph(document.body, page.body, {
    morphStyle: 'outerHTML',
    restoreFocus: true,
    // Passed only while somebody types: it would freeze a focused button.
    ignoreActiveValue: isTextField(document.activeElement),
    callbacks: {
      beforeAttributeUpdated: (name, element) => !isOpenByHand(name, element),
      beforeNodeRemoved: (node) => !(keepsNotice && isNotice(node)),
    },
  })
  enhance()
  document.dispatchEvent(new Event(pageShown))
}

/** Told to the document whenever another page is shown in it. */
export const pageShown = 'taskr:page-shown'

/** Something was typed or chosen that a fetched page would wipe away. */
export function isBeingFilledIn(): boolean {
  return [...document.querySelectorAll('main form :is(input, textarea, select)')].some(
    (field) =>
      (field instanceof HTMLInputElement && field.checked !== field.defaultChecked) ||
      (isTextField(field) && field.value !== field.defaultValue) ||
      (field instanceof HTMLSelectElement &&
        [...field.options].some((option) => option.selected !== option.defaultSelected)),
  )
}

function isTextField(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return true
  return element instanceof HTMLInputElement && !notText.has(element.type)
}

const notText = new Set(['hidden', 'checkbox', 'radio', 'submit', 'button'])

function isNotice(node: Node): boolean {
  return node instanceof Element && node.matches('#notices > .notice')
}

function isOpenByHand(attribute: string, element: Element): boolean {
  return (
    attribute === 'open' &&
    (element instanceof HTMLDetailsElement || element instanceof HTMLDialogElement)
  )
}

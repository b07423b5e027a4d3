// Turns the page that is shown into the page that was fetched, touching only what differs: focus,
// selection, scroll position, what is open and what is typed stay as they are.
import { Idiomorph } from 'idiomorph'
import { enhance } from './enhance.ts'
import { chooseAgain, isSameField, whatIsTyped, type Sent } from './typed-text.ts'

export type Showing = {
  /** what was said after an action stays, because nobody acted since */
  readonly keepsToast: boolean
  /** what was sent, and is answered by the page: there the page decides what its fields hold */
  readonly sent?: Sent
}

export function showPage(page: Document, { keepsToast, sent }: Showing): void {
  const typed = whatIsTyped(sent)
  document.dispatchEvent(new Event(pageShowing))
  document.title = page.title
  void Idiomorph.morph(document.body, page.body, {
    morphStyle: 'outerHTML',
    restoreFocus: true,
    callbacks: {
      beforeNodeMorphed: (node, fresh) => {
        // The script fills it, from what stands in the line.
        if (node instanceof Element && node.matches('[data-chips]')) return false
        if (isGivenAway(node, fresh)) typed.delete(node)
        return true
      },
      beforeAttributeUpdated: (name, element) =>
        !isOpenByHand(name, element) && !isContent(name, element),
      beforeNodeRemoved: (node) => !(keepsToast && isToast(node)) && !isOfTheScript(node),
    },
  })
  for (const [field, content] of typed) chooseAgain(field, content)
  enhance()
  document.dispatchEvent(new Event(pageShown))

  /** The place of a field is taken by another one. */
  function isGivenAway(node: Node, fresh: Node): node is Element {
    if (!(node instanceof Element) || !(fresh instanceof Element)) return false
    const own = typed.get(node)
    return own !== undefined && !isSameField(fresh, own)
  }

  function isContent(attribute: string, element: Element): boolean {
    if (attribute === 'selected') return typed.has(element.closest('select') ?? element)
    return (attribute === 'value' || attribute === 'checked') && typed.has(element)
  }
}

/** Told to the document before another page is shown in it. */
export const pageShowing = 'taskr:page-showing'

/** Told to the document whenever another page is shown in it. */
export const pageShown = 'taskr:page-shown'

function isToast(node: Node): boolean {
  return node instanceof Element && node.matches('#toasts > .toast')
}

/** What the script added beside the page: a popover that is open. */
function isOfTheScript(node: Node): boolean {
  return node instanceof Element && node.matches('[data-script]')
}

function isOpenByHand(attribute: string, element: Element): boolean {
  return (
    attribute === 'open' &&
    (element instanceof HTMLDetailsElement || element instanceof HTMLDialogElement)
  )
}

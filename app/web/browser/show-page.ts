// Morphs the open page into a fetched one. Focus, selection, scroll position, open parts and typed text are kept.
import { Idiomorph } from 'idiomorph'
import { showHint } from './first-visit/hints.ts'
import { pageShowing, pageShown } from './page-shown.ts'
import { chooseAgain, isSameField, whatIsTyped, type Sent, type Typed } from './typed-text.ts'

export type Showing = {
  /** true when no action happened since, so that the toast stays */
  readonly keepsToast: boolean
  /** the form contents that the page answers; for unchanged fields, the new page's values win */
  readonly sent?: Sent
}

export function showPage(page: Document, { keepsToast, sent }: Showing): void {
  const typed = whatIsTyped(sent)
  document.dispatchEvent(new Event(pageShowing))
  document.title = page.title
  loadHead(page)
  morphAround(typed, document.body, page.body, (node) => {
    return !(keepsToast && isToast(node)) && isRemovable(node)
  })
  showHint()
  document.dispatchEvent(new Event(pageShown))
}

/** Loads the style sheet and the script of a page of another kind; a script that runs already is not run again. */
function loadHead({ head }: Document): void {
  for (const sheet of head.querySelectorAll('link[rel="stylesheet"]')) {
    const address = sheet.getAttribute('href') ?? ''
    if (document.querySelector(`link[href="${address}"]`) === null) document.head.append(sheet)
  }
  for (const { src } of head.querySelectorAll('script')) void import(src)
}

/** Morphs a part of the page into a fetched one, and keeps what is typed in it. */
export function morphAround(
  typed: Map<Element, Typed>,
  part: Element,
  fresh: Element,
  mayRemove: (node: Node) => boolean = isRemovable,
): void {
  void Idiomorph.morph(part, fresh, {
    morphStyle: 'outerHTML',
    restoreFocus: true,
    callbacks: {
      beforeNodeMorphed: (node, other) => {
        // The script fills the chips from the quick-add line.
        if (node instanceof Element && node.matches('[data-chips]')) return false
        if (isGivenAway(node, other)) typed.delete(node)
        return true
      },
      beforeAttributeUpdated: (name, element) =>
        !isOpenByHand(name, element) && !isContent(name, element),
      beforeNodeRemoved: mayRemove,
    },
  })
  for (const [field, content] of typed) chooseAgain(field, content)

  /** True when another field takes this field's place. */
  function isGivenAway(node: Node, other: Node): node is Element {
    if (!(node instanceof Element) || !(other instanceof Element)) return false
    const own = typed.get(node)
    return own !== undefined && !isSameField(other, own)
  }

  function isContent(attribute: string, element: Element): boolean {
    if (attribute === 'selected') return typed.has(element.closest('select') ?? element)
    return (attribute === 'value' || attribute === 'checked') && typed.has(element)
  }
}

function isToast(node: Node): boolean {
  return node instanceof Element && node.matches('#toasts > .toast')
}

/** False for elements that the script added, such as an open popover, and for a row whose text is being edited. */
function isRemovable(node: Node): boolean {
  return !(node instanceof Element) || (!node.matches('[data-script]') && !isBeingEdited(node))
}

function isBeingEdited(node: Element): boolean {
  return node.querySelector('.text-edit') !== null
}

function isOpenByHand(attribute: string, element: Element): boolean {
  return (
    attribute === 'open' &&
    (element instanceof HTMLDetailsElement || element instanceof HTMLDialogElement)
  )
}

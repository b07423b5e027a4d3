// The links to the previous and next page of a list.
import { html, type Html } from './html.ts'
import { numberInWords } from './words.ts'

export type PagePosition = { readonly page: number; readonly pages: number }

export function pager(
  { page, pages }: PagePosition,
  addressOfPage: (page: number) => string,
  what: string,
): Html {
  if (pages <= 1) return html``
  return html`<nav class="pager" aria-label="Pages of ${what}">
    ${
      page > 1
        ? html`<a class="button" rel="prev" href="${addressOfPage(page - 1)}">Previous</a>`
        : ''
    }
    <span>Page ${numberInWords(page)} of ${numberInWords(pages)}</span>
    ${
      page < pages
        ? html`<a class="button" rel="next" href="${addressOfPage(page + 1)}">Next</a>`
        : ''
    }
  </nav>`
}

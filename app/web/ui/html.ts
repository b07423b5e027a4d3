// What a view returns. Every view is made of these tagged templates, which escape what is put into them;
// every attribute value is quoted, so that escaping is enough.
import type { HtmlEscapedString } from 'hono/utils/html'

export { html } from 'hono/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

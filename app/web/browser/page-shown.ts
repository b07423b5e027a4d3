// What the scripts tell each other when a page is morphed.

/** Dispatched on the document before a page is morphed in. */
export const pageShowing = 'taskr:page-showing'

/** Dispatched on the document after a page was morphed in. */
export const pageShown = 'taskr:page-shown'

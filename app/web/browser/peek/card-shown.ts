/** Dispatched on the document after the panel has shown a card, anew or morphed. */
export const cardShown = 'taskr:card-shown'

/** Dispatched on the document after the panel has begun to show another task. */
export const cardOpened = 'taskr:card-opened'

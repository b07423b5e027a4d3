// Who knocks: where from, and with which browser.

export type Visit = {
  readonly address: string
  readonly userAgent: string
}

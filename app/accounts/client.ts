// The address and browser that a request comes from.

export type Client = {
  readonly address: string
  readonly userAgent: string
}

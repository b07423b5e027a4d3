// The five operations on webhooks.
export {}

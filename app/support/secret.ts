// Wraps a value that must never be printed: in logs, messages, JSON and templates it reads [secret].

import { inspect } from 'node:util'

const printed = '[secret]'

export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** Returns the value itself. Call this as late as possible, and store the result in no object. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return printed
  }

  toJSON(): string {
    return printed
  }

  [Symbol.toPrimitive](): string {
    return printed
  }

  [inspect.custom](): string {
    return printed
  }
}

// Loaded before the test runner. To name the test in which an error was thrown too late, `node:test` follows every
// promise with an asynchronous hook, which takes a third of the processor time of tests. Without the hook such an error
// fails the run all the same, and is written out here.
import { createHook, type AsyncHook } from 'node:async_hooks'

const prototype = Reflect.getPrototypeOf(createHook({})) ?? {}
const enable = Object.getOwnPropertyDescriptor(prototype, 'enable') ?? {}
// The runner enables its hook first, before any file is loaded.
Object.defineProperty(prototype, 'enable', {
  configurable: true,
  value: function skipOnce(this: AsyncHook): AsyncHook {
    Object.defineProperty(prototype, 'enable', enable)
    return this
  },
})

process.on('uncaughtExceptionMonitor', (error) => console.error(error))

// Loaded before the test runner. To name the test in which an error was thrown too late, `node:test` follows every
// promise with an asynchronous hook, which takes a third of the processor time of tests. This sets what is
// `trackPromises: false` for one's own hooks. Such an error fails the run all the same, and is written out here.
import { createHook, type AsyncHook } from 'node:async_hooks'

const prototype = Reflect.getPrototypeOf(createHook({})) ?? {}
const enable = Object.getOwnPropertyDescriptor(prototype, 'enable') ?? {}
Object.defineProperty(prototype, 'enable', {
  configurable: true,
  value: function enableWithoutPromises(this: AsyncHook): AsyncHook {
    // The runner enables its hook first, before any file is loaded.
    Object.defineProperty(prototype, 'enable', enable)
    const symbols = Object.getOwnPropertySymbols(this)
    const skips = symbols.find(({ description }) => description === 'kNoPromiseHook')
    if (skips !== undefined) Reflect.set(this, skips, true)
    return this.enable()
  },
})

process.on('uncaughtExceptionMonitor', (error) => console.error(error))

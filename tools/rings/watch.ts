// Runs something now and whenever a source changes, until the process is told to end.
import { watch } from 'node:fs'
import { root } from './test-files.ts'

const settlesWithinMs = 200
const ignored = /(^|\/)(node_modules|dist|data|\.git|\.cache)(\/|$)/

export function runOnChanges(run: () => Promise<unknown>): void {
  let isRunning = false
  let isStale = true
  const runWhenStale = async (): Promise<void> => {
    if (isRunning || !isStale) return
    isRunning = true
    isStale = false
    await run()
    isRunning = false
    console.log('Waiting for changes. Ctrl-C stops.')
    await runWhenStale()
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(root, { recursive: true }, (_, path) => {
    if (path === null || ignored.test(path)) return
    isStale = true
    clearTimeout(timer)
    timer = setTimeout(() => void runWhenStale(), settlesWithinMs)
  })
  void runWhenStale()
}

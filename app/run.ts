// Runs something until the process is told to end. What keeps it from starting is one line each, never a stack;
// what nobody expected is written down and ends the process, since its state is no longer known: it takes no new
// work, finishes what it has, and leaves it to whoever supervises it to start it again.
import { DatabaseError } from './database/open-database.ts'
import { StartError } from './compose.ts'

export type Started =
  | { readonly kind: 'started'; readonly stop: () => Promise<void> }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** Longer than a stop needs; whatever holds it up then does not hold it up for ever. */
const endWithinMs = 15_000

export async function runUntilSignal(
  start: () => Promise<Started>,
  report: (error: unknown) => void = print,
): Promise<void> {
  const starting = Promise.resolve().then(start)
  const end = createEnding(async () => {
    const started = await starting.catch(() => undefined)
    if (started?.kind === 'started') await started.stop()
  }, report)
  process.on('uncaughtException', (error) => {
    report(error)
    end.afterFailure()
  })
  // Before it begins: a signal while it starts ends it too, as soon as it has something to end.
  process.on('SIGINT', end.onSignal)
  process.on('SIGTERM', end.onSignal)
  try {
    const started = await starting
    if (started.kind === 'refused') refuse(started.problems)
  } catch (error) {
    if (!(error instanceof StartError) && !(error instanceof DatabaseError)) throw error
    refuse([error.message])
  }
}

function refuse(problems: readonly string[]): void {
  console.error(['Taskr did not start:', ...problems.map((problem) => `  ${problem}`)].join('\n'))
  process.exitCode = 1
}

/** The first reason to end ends gently; a signal after that at once. */
function createEnding(stop: () => Promise<void>, report: (error: unknown) => void) {
  let isEnding = false
  const end = (): void => {
    isEnding = true
    setTimeout(() => process.exit(1), endWithinMs).unref()
    stop().then(
      () => process.exit(),
      (error: unknown) => {
        report(error)
        process.exit(1)
      },
    )
  }
  return {
    onSignal: () => (isEnding ? process.exit(1) : end()),
    afterFailure: () => {
      process.exitCode = 1
      if (!isEnding) end()
    },
  }
}

/** No property of an error: drivers put whole rows and requests there. */
function print(error: unknown): void {
  console.error(error instanceof Error ? (error.stack ?? error.message) : 'Something failed.')
}

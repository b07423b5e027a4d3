// Runs a server until the process is told to end. Each problem that prevents the start is one line, never a stack. An
// unexpected failure is logged and ends the process, since its state is unknown: it accepts no new work, finishes the
// work it has, and leaves the restart to its supervisor.
import { DatabaseError } from './database/open-database.ts'
import { StartError } from './compose.ts'

export type Started =
  | { readonly kind: 'started'; readonly stop: () => Promise<void> }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** Longer than a stop needs; after this the process ends anyway. */
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
  // Registered before the start: a signal during the start also ends the process, once there is something to stop.
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

/** The first reason to end stops gracefully; a signal after that ends the process at once. */
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

/** Prints no properties of an error: drivers put whole rows and requests there. */
function print(error: unknown): void {
  console.error(error instanceof Error ? (error.stack ?? error.message) : 'Something failed.')
}

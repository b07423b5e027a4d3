// Runs something until the process is told to end. What keeps it from starting is one line each, never a stack;
// what nobody expected is written down in full and ends the process, since its state is no longer known.
import { DatabaseError } from './database/database-error.ts'
import { StartError } from './compose.ts'

export type Started =
  | { readonly kind: 'started'; readonly stop: () => Promise<void> }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

export async function runUntilSignal(start: () => Promise<Started>): Promise<void> {
  process.on('uncaughtException', (error) => {
    console.error(error)
    process.exit(1)
  })
  const starting = Promise.resolve().then(start)
  // Before it begins: a signal while it starts ends it too, as soon as it has something to end.
  stopOnSignal(async () => {
    const started = await starting.catch(() => undefined)
    if (started?.kind === 'started') await started.stop()
  })
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

/** The first signal ends gently, the second at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    stop().then(
      () => process.exit(),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

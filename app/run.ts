// Runs a server until the process is told to end. Each problem that prevents the start is one line, never a stack. An
// unexpected failure is logged and ends the process, since its state is unknown: it accepts no new work, finishes the
// work it has, and leaves the restart to its supervisor.
import { DatabaseError } from './database/open-database.ts'
import { StartError } from './compose.ts'

export type Started =
  | {
      readonly kind: 'started'
      readonly stop: () => Promise<void>
      /** How long a stop waits before it begins. */
      readonly stopNoticeMs?: number
    }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** Longer than a stop needs after its notice; then the process ends anyway. */
const endWithinMs = 13_000

export async function runUntilSignal(
  start: () => Promise<Started>,
  report: (error: unknown) => void = print,
): Promise<void> {
  const starting = Promise.resolve().then(start)
  const end = createEnding(async (endAfter) => {
    const started = await starting.catch(() => undefined)
    if (started?.kind !== 'started') return
    endAfter((started.stopNoticeMs ?? 0) + endWithinMs)
    await started.stop()
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

/** Stops; `endAfter` sets when the process ends anyway. */
type Stop = (endAfter: (ms: number) => void) => Promise<void>

/** The first reason to end stops gracefully; a signal after that ends the process at once. */
function createEnding(stop: Stop, report: (error: unknown) => void) {
  let isEnding = false
  let timer: NodeJS.Timeout | undefined
  const endAfter = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => process.exit(1), ms).unref()
  }
  const end = (): void => {
    isEnding = true
    endAfter(endWithinMs)
    stop(endAfter).then(
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

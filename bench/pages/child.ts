// A server of the bench in a process of its own: the parent starts it, asks for its figures and ends it with the channel.
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'

const figuresSchema = z.object({
  cpuMs: z.number(),
  rssMb: z.number(),
  /** SQL statements that the process has run, BEGIN and COMMIT included. */
  statements: z.number(),
})
export type Figures = z.infer<typeof figuresSchema>

const started = z.record(z.string(), z.string())
const question = z.union([
  z.object({ start: z.record(z.string(), z.string()) }),
  z.object({ figures: z.literal(true) }),
  z.object({ statements: z.literal(true) }),
  z.object({ order: z.string() }),
])

export interface Child {
  /** The values that the server returned when it started. */
  readonly told: Readonly<Record<string, string>>
  readonly figures: () => Promise<Figures>
  /** Returns how many statements it has run. Collects no garbage, which would slow down the request after it. */
  readonly statements: () => Promise<number>
  /** Gives an order, waits until it is done and returns what the server answers. */
  readonly order: (order: string) => Promise<string>
  readonly end: () => Promise<void>
}

/** Starts a file of this folder as a server. */
export async function startChild(
  file: string,
  start: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = fork(join(import.meta.dirname, file), {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    // As in Taskr's image.
    env: { ...process.env, MALLOC_MMAP_THRESHOLD_: '1000000' },
  })
  const told = started.parse(await ask(child, { start }))
  return {
    told,
    figures: async () => figuresSchema.parse(await ask(child, { figures: true })),
    statements: async () => z.number().parse(await ask(child, { statements: true })),
    order: async (order) => z.string().parse(await ask(child, { order })),
    end: async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      child.once('exit', () => resolve())
      child.kill()
      await promise
    },
  }
}

/** Runs in the child: starts the server when told to, and answers questions about it. */
export function beChild(parts: {
  readonly start: (
    given: Readonly<Record<string, string>>,
  ) => Promise<Readonly<Record<string, string>>>
  readonly statements?: () => number
  readonly obey?: (order: string) => Promise<string>
}): void {
  const answer = async (asked: z.infer<typeof question>): Promise<unknown> => {
    if ('start' in asked) return await parts.start(asked.start)
    if ('order' in asked) return (await parts.obey?.(asked.order)) ?? ''
    if ('statements' in asked) return parts.statements?.() ?? 0
    globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    const rssMb = process.memoryUsage.rss() / 2 ** 20
    return { cpuMs: (user + system) / 1_000, rssMb, statements: parts.statements?.() ?? 0 }
  }
  process.on('message', (message) => {
    void answer(question.parse(message)).then((told) => process.send?.(told))
  })
  process.on('disconnect', () => process.exit())
}

function ask(child: ChildProcess, message: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const onExit = (code: number | null): void => reject(new Error(`A server ended with ${code}.`))
  child.once('exit', onExit)
  child.once('message', (answer) => {
    child.off('exit', onExit)
    resolve(answer)
  })
  child.send(message)
  return promise
}

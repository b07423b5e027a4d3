// Sends requests without a pause, most on kept connections, like clients behind a load balancer that checks readiness and
// retries nothing. Shows what happens to requests while Taskr stops.
import { Agent, request } from 'node:http'

export interface Tally {
  answered: number
  /** The connection was refused: a load balancer would use another node. */
  refused: number
  /** Accepted but not answered. */
  readonly failed: string[]
}

/** Sends requests until Taskr is not ready; resolves to the tally after the last answer. */
export function askWithoutPause(
  port: number,
  people: number,
  paths: readonly string[],
): { readonly ended: Promise<Tally>; readonly tally: Tally } {
  const tally: Tally = { answered: 0, refused: 0, failed: [] }
  let isOver = false
  const watching = watchReadiness(port, () => {
    isOver = true
  })
  const person = async (number: number): Promise<void> => {
    const agent = new Agent({ keepAlive: number % 4 !== 0, maxSockets: 1 })
    for (let asked = number; !isOver; asked++) {
      const outcome = await askOnce(port, agent, paths[asked % paths.length] ?? '/')
      if (outcome === 'answered') tally.answered += 1
      else if (outcome === 'refused') {
        tally.refused += 1
        await new Promise((done) => setTimeout(done, 20))
      } else tally.failed.push(outcome)
    }
    agent.destroy()
  }
  const everybody = Promise.all(Array.from({ length: people }, (_, number) => person(number)))
  return {
    tally,
    ended: everybody.then(async () => {
      await watching
      return tally
    }),
  }
}

/** Checks readiness every half second, as a load balancer does, and stops sending when it fails. */
async function watchReadiness(port: number, onNotReady: () => void): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`)
    await answer.text()
    if (answer.status === 503) return onNotReady()
    await new Promise((done) => setTimeout(done, 500))
  }
}

function askOnce(port: number, agent: Agent, path: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const asking = request({ host: '127.0.0.1', port, path, agent }, (answer) => {
    answer.on('error', (error) => resolve(`${path}: answer broke: ${error.message}`))
    answer.on('end', () => resolve(answer.complete ? 'answered' : `${path}: answer cut`))
    answer.resume()
  })
  asking.on('error', (error) => {
    const code = 'code' in error ? String(error.code) : error.message
    resolve(
      code === 'ECONNREFUSED'
        ? 'refused'
        : `${path}: ${code}${asking.reusedSocket ? ' on a kept connection' : ''}`,
    )
  })
  asking.end()
  return promise
}

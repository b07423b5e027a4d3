// `npm run taskr -- doctor`: checks what Taskr needs, changes nothing, and says what to do.
import { readConfig, type Config, type Environment } from '../../app/config/config.ts'
import { createSealer } from '../../app/connections/connections.ts'
import { findKeyProblem } from '../../app/connections/keys/check-keys.ts'
import type { Clock } from '../../app/support/clock.ts'
import { systemRandomBytes } from '../../app/support/random.ts'
import { canDeliver } from '../../app/webhooks/webhooks.ts'
import { readStoredState } from './stored-state.ts'
import type { Say } from './say.ts'

export interface DoctorParts {
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  readonly say: Say
}

interface Finding {
  readonly about: string
  /** `note`: it works, but the operator should know. */
  readonly kind: 'fine' | 'note' | 'problem'
  readonly said: string
}

const answersWithinMs = 10_000
/** Signed states and sessions allow for less than this. */
const clockMayDifferMs = 60_000

/** Returns true when it found no problem. */
export async function examine(parts: DoctorParts, environment: Environment): Promise<boolean> {
  const reading = readConfig(environment)
  if (reading.kind === 'refused') {
    for (const problem of reading.problems) report(parts.say, problemWith('settings', problem))
    return false
  }
  const { config } = reading
  const findings = [
    fine('settings', config.production ? 'complete, for production' : 'complete, for development'),
    ...(await examineDatabase(config)),
    ...(await examineAttio(parts, config)),
    await examinePublicUrl(parts, config),
    examineWebhooks(config),
  ]
  for (const finding of findings) report(parts.say, finding)
  return findings.every(({ kind }) => kind !== 'problem')
}

async function examineDatabase({ databaseUrl, keys }: Config): Promise<readonly Finding[]> {
  const state = await readStoredState(databaseUrl)
  switch (state.kind) {
    case 'unreadable':
      return [problemWith('database', state.problem)]
    case 'empty':
      return [note('database', 'has no tables yet: Taskr makes them when it starts')]
    case 'newer':
      return [problemWith('database', 'was made by a newer Taskr: update Taskr')]
    case 'read': {
      const { checks, waiting } = state
      const tables =
        waiting === 0
          ? fine('database', 'readable, its tables are up to date')
          : note('database', `readable; ${waiting} migrations run at the next start`)
      const problem = findKeyProblem(createSealer(keys, systemRandomBytes), checks)
      const found = problem === undefined ? fine('keys', 'open what is stored') : undefined
      return [tables, found ?? problemWith('keys', problem ?? '')]
    }
  }
}

async function examineAttio(
  { clock, fetch }: DoctorParts,
  { attio }: Config,
): Promise<readonly Finding[]> {
  const { api } = attio.endpoints
  try {
    const response = await fetch(`${api}/v2/self`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(answersWithinMs),
    })
    await response.body?.cancel()
    return [fine('Attio', `${api} answers`), ...examineClock(clock, response.headers.get('date'))]
  } catch {
    return [problemWith('Attio', `${api} does not answer: check the network and the proxy`)]
  }
}

function examineClock(clock: Clock, date: string | null): readonly Finding[] {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return []
  const seconds = Math.round((clock.now() - theirs) / 1_000)
  const said = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Attio’s`
  return Math.abs(seconds) * 1_000 <= clockMayDifferMs
    ? [fine('clock', 'right')]
    : [problemWith('clock', `${said}: set it by NTP`)]
}

async function examinePublicUrl({ fetch }: DoctorParts, { publicUrl }: Config): Promise<Finding> {
  const url = new URL('/readyz', publicUrl).href
  try {
    const { status } = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(answersWithinMs),
    })
    if (status === 200) return fine('PUBLIC_URL', 'leads to a Taskr that is ready')
    return problemWith('PUBLIC_URL', `${url} answers ${status}: check the proxy and Taskr’s log`)
  } catch {
    return note('PUBLIC_URL', `${url} does not answer from here: is Taskr running?`)
  }
}

function examineWebhooks({ attio, publicUrl }: Config): Finding {
  return canDeliver({ api: attio.endpoints.api, publicUrl })
    ? fine('webhooks', 'Attio can deliver to PUBLIC_URL')
    : note('webhooks', 'Attio delivers to https only: changes in Attio appear with the next sync')
}

function report(say: Say, { about, kind, said }: Finding): void {
  const sign = { fine: 'ok', note: 'note', problem: 'PROBLEM' }[kind]
  say(`${sign.padEnd(8)}${about}: ${said}`)
}

function fine(about: string, said: string): Finding {
  return { about, kind: 'fine', said }
}

function note(about: string, said: string): Finding {
  return { about, kind: 'note', said }
}

function problemWith(about: string, said: string): Finding {
  return { about, kind: 'problem', said }
}

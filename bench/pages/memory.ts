// What Taskr holds in memory with one account that has looked at its list, and after many log-ins, in a process that does
// nothing else.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../testing/free-port.ts'
import { startAttio, startTaskr } from './contenders.ts'
import { connectedPerson, type Person } from './person.ts'

export interface MemoryFigures {
  readonly idleMb: number
  readonly afterLogInsMb: number
}

export async function measureMemory(logIns: number): Promise<MemoryFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'taskr-bench-'))
  const port = await freePort()
  const attio = await startAttio(port)
  const taskr = await startTaskr(attio, port, `file:${join(folder, 'taskr.db')}`)
  const url = taskr.told['url'] ?? ''
  const person = await connectedPerson(url, attio)
  const idleMb = (await taskr.figures()).rssMb
  for (let logIn = 0; logIn < logIns; logIn += 1) await logInAgain(url, person)
  const afterLogInsMb = (await taskr.figures()).rssMb
  for (const child of [taskr, attio]) await child.end()
  rmSync(folder, { recursive: true, force: true })
  return { idleMb, afterLogInsMb }
}

async function logInAgain(url: string, { password, username }: Person): Promise<void> {
  const { status } = await fetch(`${url}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ username, password }).toString(),
  })
  if (status !== 303) throw new Error(`A log-in was answered with ${status}.`)
}

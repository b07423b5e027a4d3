// Starts everything that the bench compares, each in a process of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestPostgres } from '../../testing/database/on-each-engine.ts'
import { freePort } from '../../testing/free-port.ts'
import { postgresCpu } from '../postgres-cpu.ts'
import { callbackPath } from '../../app/config/config.ts'
import { createTaskChanger, type TaskChanger } from './change-task.ts'
import { startChild, type Child } from './child.ts'
import { connectedPerson, type Person } from './person.ts'

export interface Contenders {
  readonly attio: Child
  readonly taskr: Child
  readonly taskrOnPostgres: Child
  readonly bare: Child
  readonly tutorial: Child
  readonly person: Person
  readonly personOnPostgres: Person
  readonly page: string
  readonly changer: TaskChanger
  readonly changerOnPostgres: TaskChanger
  /** Returns the milliseconds of processor time that PostgreSQL has used. */
  readonly cpuOfPostgres: () => Promise<number>
  readonly end: () => Promise<void>
}

export const tasks = 50

export async function startContenders(): Promise<Contenders> {
  const folder = mkdtempSync(join(tmpdir(), 'taskr-bench-'))
  const postgres = await startTestPostgres()
  const [port, otherPort] = [await freePort(), await freePort()]
  const attio = await startAttio(port)
  const otherAttio = await startAttio(otherPort)
  const databaseUrl = `file:${join(folder, 'taskr.db')}`
  const taskr = await startTaskr(attio, port, databaseUrl)
  const taskrOnPostgres = await startTaskr(otherAttio, otherPort, postgres.url)
  const person = await connectedPerson(taskr.told['url'] ?? '', attio)
  const personOnPostgres = await connectedPerson(taskrOnPostgres.told['url'] ?? '', otherAttio)
  const page = await (await person.get('/?view=open&whose=everyone')).text()
  const { url = '', accessToken = '' } = attio.told
  const bare = await startChild('bare.ts', {
    file: join(folder, 'bare.db'),
    cookie: person.cookie,
    page,
  })
  const tutorial = await startChild('tutorial.ts', {
    attio: url,
    accessToken,
    cookie: person.cookie,
  })
  const changer = await createTaskChanger(databaseUrl)
  const changerOnPostgres = await createTaskChanger(postgres.url)
  const children = [bare, tutorial, taskr, taskrOnPostgres, attio, otherAttio]
  return {
    attio,
    taskr,
    taskrOnPostgres,
    bare,
    tutorial,
    person,
    personOnPostgres,
    page,
    changer,
    changerOnPostgres,
    cpuOfPostgres: await postgresCpu(postgres.url),
    end: async () => {
      await changer.end()
      await changerOnPostgres.end()
      for (const child of children) await child.end()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Starts a Taskr that is registered with that Attio on that port. */
export function startTaskr(attio: Child, port: number, databaseUrl: string): Promise<Child> {
  const { url = '', clientId = '', clientSecret = '' } = attio.told
  const given = { attio: url, clientId, clientSecret }
  return startChild('taskr.ts', { ...given, port: String(port), databaseUrl })
}

export function startAttio(port: number): Promise<Child> {
  const redirectUri = `http://localhost:${port}${callbackPath}`
  return startChild('attio.ts', { tasks: String(tasks), redirectUri })
}

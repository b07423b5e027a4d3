// A person of the bench: signs up, connects a workspace and waits until its tasks are there.
import { randomUUID } from 'node:crypto'
import { systemClock } from '../../app/support/clock.ts'
import type { Child } from './child.ts'

export interface Person {
  readonly cookie: string
  readonly username: string
  readonly password: string
  readonly get: (path: string) => Promise<Response>
  readonly post: (path: string, fields: Readonly<Record<string, string>>) => Promise<Response>
}

export async function connectedPerson(url: string, attio: Child): Promise<Person> {
  const person = signingUp(url)
  await person.post('/signup', { username: person.username, password: person.password })
  const begun = await person.post('/integrations/attio/connect', {})
  await person.get(await attio.order(`consent ${begun.headers.get('location') ?? ''}`))
  await until(async () => (await (await person.get('/')).text()).includes('class="task"'))
  await until(async () => !(await (await person.get('/')).text()).includes('data-refresh-every'))
  return person
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await systemClock.wait(100)
}

function signingUp(url: string): Person {
  const cookies = new Map<string, string>()
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(new URL(path, url), {
      ...init,
      redirect: 'manual',
      headers: {
        cookie: cookie(),
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  return {
    get cookie() {
      return cookie()
    },
    username: `bench-${randomUUID().slice(0, 8)}`,
    password: randomUUID(),
    get: (path) => send(path, {}),
    post: (path, fields) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields).toString() }),
  }
}

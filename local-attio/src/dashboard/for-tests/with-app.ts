// Sets up a person with a developer account and an app whose page is open.
import { createTestAttio, type TestAttio } from '../../for-tests.ts'
import type { LocalAttioOptions } from '../../local-attio.ts'
import { createVisitor, type Visitor } from '../../pages/for-tests/visitor.ts'
import { standard } from '../../seed/standard.ts'
import type { App } from '../../world/access.ts'

export type WithApp = {
  readonly attio: TestAttio
  readonly visitor: Visitor
  readonly appId: string
  /** The app's current state. */
  readonly app: () => App
}

export async function withApp(
  name: string,
  {
    person = standard.people.ada,
    ...options
  }: LocalAttioOptions & { person?: { id: string } } = {},
): Promise<WithApp> {
  const attio = createTestAttio(options)
  const visitor = createVisitor(attio)
  await visitor.signIn(person)
  await visitor.open('/developers')
  await visitor.press('Create developer account', { 'Company name': 'Initech Ltd' })
  await visitor.follow('New app')
  await visitor.press('Create app', { 'App name': name })
  const { apps } = attio.control.world
  const appId = apps.find((one) => one.name === name)?.id ?? ''
  const app = (): App => {
    const found = apps.get(appId)
    if (found) return found
    throw new Error(`The app "${name}" is gone.`)
  }
  return { attio, visitor, appId, app }
}

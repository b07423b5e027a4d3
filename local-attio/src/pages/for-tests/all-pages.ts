// A local Attio in which no page is empty, and the list of its pages in all their states.
import { createTestAttio, redirectUri, type TestAttio } from '../../for-tests.ts'
import type { LocalAttioOptions } from '../../local-attio.ts'
import { standard } from '../../seed/standard.ts'
import { createVisitor, type Shown, type Values, type Visitor } from './visitor.ts'

export type FurnishedAttio = {
  readonly attio: TestAttio
  readonly appId: string
  readonly taskId: string
}

/** Uses `text` wherever a person can type. */
export async function furnish(
  text = 'Difference Engine',
  options: LocalAttioOptions = {},
): Promise<FurnishedAttio> {
  const attio = createTestAttio({ deliver: async () => new Response('ok'), ...options })
  const ada = createVisitor(attio)
  await ada.signIn(standard.people.ada)
  await ada.open('/developers')
  await ada.press('Create developer account', { 'Company name': text })
  await ada.open('/developers/new-app')
  await ada.press('Create app', { 'App name': text })
  const app = attio.control.world.apps.find((one) => one.developerAccountId !== null)
  if (!app) throw new Error(`The dashboard took no app named "${text}": ${ada.page.text}`)
  const here = `/developers/apps/${app.id}`
  await ada.post(`${here}/oauth`, { enabled: 'yes' })
  await ada.post(`${here}/redirect-uris`, { address: redirectUri })
  const path = encodeURIComponent(text)
  await ada.post(`${here}/redirect-uris`, { address: `https://my-app.example/${path}?a='"<` })
  await ada.post(`${here}/scopes`, { task: 'read', user_management: 'read-write' })
  await ada.open(`${here}/webhooks`)
  await ada.press('Create webhook', { 'Target URL': `https://hooks.example/${path}?a='"<` })
  await ada.post(`/install/${app.id}`, { workspace: standard.workspaces.globex.id })
  await ada.open('/workspaces/acme/tasks')
  await ada.press('Add task', { 'New task': text, 'Linked record': 'Initech' })
  const task = attio.control.world.tasks.all().at(-1)
  attio.control.faults.add({ path: `/nothing/${text}`, answer: { status: 503 } })
  attio.control.faults.add({ answer: { body: text }, count: 1, path: '/v2/self' })
  await attio.fetch(`${attio.origin}/v2/self?q=${path}`, { headers: { 'x-note': path } })
  await attio.call('POST', `/v2/tasks?q=${path}`, { data: { content: text } })
  await attio.control.webhooks.settle()
  return { attio, appId: app.id, taskId: task?.id ?? '' }
}

export type PageSample = {
  readonly name: string
  readonly status: number
  /** Absent when signed out. */
  readonly person?: { readonly id: string }
  readonly path: string
  /** A button to press on the page. */
  readonly press?: readonly [button: string, values?: Values]
}

export function allPages({ attio, appId, taskId }: FurnishedAttio): readonly PageSample[] {
  const { ada, ben, cleo, edith } = standard.people
  const app = `/developers/apps/${appId}`
  const programmed = `/developers/apps/${attio.clientId}`
  const authorize = `/authorize?${new URLSearchParams({
    client_id: attio.clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
  })}`
  const task = attio.control.world.tasks.get(taskId)
  const recordId = task?.linkedRecords[0]?.recordId ?? ''
  const long = 'x'.repeat(3000)
  return [
    { name: 'overview, signed out', status: 200, path: '/' },
    { name: 'overview', status: 200, person: ada, path: '/' },
    { name: 'sign-in', status: 200, path: '/sign-in' },
    { name: 'nothing here', status: 404, path: '/nothing' },
    { name: 'consent', status: 200, person: ada, path: authorize },
    { name: 'consent refused', status: 403, person: ben, path: authorize },
    { name: 'front', status: 200, person: ada, path: '/developers' },
    { name: 'front without account', status: 200, person: ben, path: '/developers' },
    {
      name: 'account refused',
      status: 400,
      person: ben,
      path: '/developers',
      press: ['Create developer account', { 'Company name': long }],
    },
    { name: 'new app', status: 200, person: ada, path: '/developers/new-app' },
    {
      name: 'new app refused',
      status: 400,
      person: ada,
      path: '/developers/new-app',
      press: ['Create app', { 'App name': 'taskr' }],
    },
    { name: 'information', status: 200, person: ada, path: app },
    { name: 'information, of a program', status: 200, person: ben, path: programmed },
    {
      name: 'rename refused',
      status: 400,
      person: ada,
      path: app,
      press: ['Save name', { 'App name': '' }],
    },
    { name: 'OAuth', status: 200, person: ada, path: `${app}/oauth?said=oauth-enabled` },
    {
      name: 'redirect URI refused',
      status: 400,
      person: ada,
      path: `${app}/oauth`,
      press: ['Add redirect URI', { 'New redirect URI': 'http://elsewhere.example' }],
    },
    { name: 'scopes', status: 200, person: ada, path: `${app}/scopes` },
    { name: 'webhooks', status: 200, person: ada, path: `${app}/webhooks` },
    { name: 'webhooks, no admin', status: 200, person: ben, path: `${programmed}/webhooks` },
    {
      name: 'webhook refused',
      status: 400,
      person: ada,
      path: `${app}/webhooks`,
      press: [
        'Create webhook',
        {
          'Target URL': 'gopher://x',
          'task.created': false,
          'task.updated': false,
          'task.deleted': false,
        },
      ],
    },
    { name: 'sharing', status: 200, person: ada, path: `${app}/sharing` },
    { name: 'no such app', status: 404, person: edith, path: app },
    { name: 'install', status: 200, person: ada, path: `/install/${appId}` },
    { name: 'install, no admin', status: 200, person: ben, path: `/install/${appId}` },
    { name: 'tasks', status: 200, person: ada, path: '/workspaces/acme/tasks?said=added' },
    { name: 'tasks done', status: 200, person: ben, path: '/workspaces/acme/tasks?view=done' },
    {
      name: 'task refused',
      status: 400,
      person: ada,
      path: '/workspaces/acme/tasks',
      press: ['Add task', { 'New task': long, 'Deadline (UTC)': 'soon' }],
    },
    { name: 'task', status: 200, person: ada, path: `/workspaces/acme/tasks/${taskId}` },
    {
      name: 'change refused',
      status: 400,
      person: ada,
      path: `/workspaces/acme/tasks/${taskId}`,
      press: ['Save changes', { 'Deadline (UTC)': '2026-02-30T10:00' }],
    },
    { name: 'no such task', status: 404, person: ada, path: '/workspaces/acme/tasks/x' },
    { name: 'record', status: 200, person: ada, path: `/acme/company/${recordId}` },
    { name: 'no such record', status: 404, person: ada, path: `/globex/company/${recordId}` },
    { name: 'apps', status: 200, person: ada, path: '/workspaces/acme/settings/apps' },
    { name: 'apps, no admin', status: 200, person: ben, path: '/workspaces/acme/settings/apps' },
    { name: 'suspended', status: 403, person: cleo, path: '/workspaces/acme/tasks' },
    { name: 'not a member', status: 403, person: ben, path: '/workspaces/globex/tasks' },
    { name: 'no such workspace', status: 404, person: ben, path: '/workspaces/x/tasks' },
    { name: 'control', status: 200, path: '/_control?pages=yes&said=fault-added' },
    {
      name: 'fault refused',
      status: 400,
      path: '/_control',
      press: ['Add fault', { 'Path (* for anything)': 'x', 'How many times': '-1' }],
    },
    {
      name: 'advance refused',
      status: 400,
      path: '/_control',
      press: ['Advance', { 'Advance by': 'soon' }],
    },
  ]
}

/** Opens a page as its person. */
export async function show(
  attio: TestAttio,
  { person, path, press }: PageSample,
): Promise<{ readonly page: Shown; readonly visitor: Visitor }> {
  const visitor = createVisitor(attio)
  if (person) await visitor.signIn(person)
  await visitor.open(path)
  if (press) await visitor.press(...press)
  return { page: visitor.page, visitor }
}

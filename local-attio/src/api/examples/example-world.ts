// The ids in the standard world that the example calls use, and the few documents they need in addition.
import type { TestAttio } from '../../for-tests.ts'
import { standard } from '../../seed/standard.ts'

const acme = standard.workspaces.acme.id

export type ExampleWorld = {
  readonly person: string
  readonly anotherPerson: string
  readonly company: string
  readonly list: string
  readonly entry: string
  readonly comment: string
  readonly thread: string
  readonly note: string
  readonly meeting: string
  readonly recording: string
  readonly webhook: string
  readonly objectId: (slug: string) => string
  readonly customAttribute: string
}

export function exampleWorld(attio: TestAttio): ExampleWorld {
  const { world } = attio.control
  const objectId = (slug: string) =>
    world.objectsOf(acme).find((object) => object.slug === slug)?.id ?? ''
  const list = world.listsOf(acme)[0]?.id ?? ''
  const meeting = world.meetingsOf(acme)[0]
  const comment = world.commentsOf(acme)[0]
  return {
    objectId,
    list,
    person: world.recordsOf(objectId('people'))[0]?.id ?? '',
    anotherPerson: world.recordsOf(objectId('people'))[1]?.id ?? '',
    company: world.recordsOf(objectId('companies'))[0]?.id ?? '',
    entry: world.entriesOf(list)[0]?.id ?? '',
    comment: comment?.id ?? '',
    thread: comment?.threadId ?? '',
    meeting: meeting?.id ?? '',
    recording: world.callRecordingsOf(meeting?.id ?? '')[0]?.id ?? '',
    note: world.notesOf(acme)[0]?.id ?? '',
    webhook: world.webhooksOf(acme)[0]?.id ?? addWebhook(attio),
    customAttribute: makeCustom(attio),
  }
}

/** Marks an attribute of the seed as custom, so that the API may change it. */
function makeCustom({ control: { world } }: TestAttio): string {
  const robots = world.objects.find((object) => object.slug === 'robots')
  const attribute = world.attributesOf(robots?.id ?? '').find((one) => one.slug === 'condition')
  if (attribute?.isSystem) {
    world.transact(() => world.attributes.put({ ...attribute, isSystem: false }))
  }
  return attribute?.id ?? ''
}

function addWebhook({ control: { world }, clientId }: TestAttio): string {
  const webhook = world.transact(() =>
    world.webhooks.put({
      id: '00000063-0000-4000-8000-000000000001',
      workspaceId: acme,
      appId: clientId,
      targetUrl: 'https://example.com/hook',
      status: 'active',
      degradedAt: null,
      subscriptions: [{ eventType: 'task.created', filter: null }],
      secret: 'a'.repeat(64),
      createdAt: 0,
    }),
  )
  return webhook.id
}

// The local Attio's memory: every document of every workspace, indexed, edited in transactions, and
// byte-equal after saving and restoring.
import type { z } from 'zod'
import { Collection, type Edit, type Identified } from './collection.ts'
import * as access from './access.ts'
import * as entities from './entities.ts'
import * as records from './records.ts'
import * as webhooks from './webhooks.ts'
import type { AttioEvent } from './events.ts'
import { callRecording, meeting, type CallRecording, type Meeting } from './meetings.ts'
import { createTaskOrder, type TaskOrder } from './task-order.ts'

/** Stores edits before they are answered. */
export type Store = {
  write(edits: readonly Edit[]): void
}

/** A saved world: documents by collection, in order. */
export type WorldState = {
  readonly version: 1
  readonly collections: Readonly<Record<string, readonly unknown[]>>
}

/** The documents of a seed by collection, each list built by a call. */
export type SeedDocuments = {
  readonly people: () => readonly access.Person[]
  readonly workspaces: () => readonly access.Workspace[]
  readonly members: () => readonly access.Member[]
  readonly objects: () => readonly records.AttioObject[]
  readonly attributes: () => readonly records.Attribute[]
  readonly options: () => readonly records.Option[]
  readonly records: () => readonly records.AttioRecord[]
  readonly tasks: () => readonly entities.Task[]
  readonly lists: () => readonly records.List[]
  readonly entries: () => readonly records.Entry[]
  readonly notes: () => readonly entities.Note[]
  readonly comments: () => readonly entities.Comment[]
  readonly meetings: () => readonly Meeting[]
  readonly callRecordings: () => readonly CallRecording[]
}

/** True when the shapes of documents are checked. The compiler checks those of the seeds. */
export type Checking = 'checked' | 'unchecked'

export class World {
  readonly #edits: Edit[] = []
  readonly #listeners: ((event: AttioEvent) => void)[] = []
  readonly #committed: (() => void)[] = []
  #store: Store | undefined
  #depth = 0
  #checking: Checking = 'checked'

  /** The schema of each collection's documents, by its name. */
  readonly schemas = new Map<string, z.ZodType>()

  readonly people = this.#collection('people', access.person)
  readonly sessions = this.#collection('sessions', access.session)
  readonly workspaces = this.#collection('workspaces', access.workspace)
  readonly members = this.#collection('members', access.member)
  readonly developerAccounts = this.#collection('developerAccounts', access.developerAccount)
  readonly apps = this.#collection('apps', access.app)
  readonly installations = this.#collection('installations', access.installation)
  readonly authorizationCodes = this.#collection('authorizationCodes', access.authorizationCode)
  readonly accessTokens = this.#collection('accessTokens', access.accessToken)
  readonly objects = this.#collection('objects', records.object)
  readonly attributes = this.#collection('attributes', records.attribute)
  readonly options = this.#collection('options', records.option)
  readonly records = this.#collection('records', records.record)
  readonly tasks = this.#collection('tasks', entities.task)
  readonly lists = this.#collection('lists', records.list)
  readonly entries = this.#collection('entries', records.entry)
  readonly notes = this.#collection('notes', entities.note)
  readonly comments = this.#collection('comments', entities.comment)
  readonly webhooks = this.#collection('webhooks', webhooks.webhook)
  readonly deliveries = this.#collection('deliveries', webhooks.delivery)
  readonly meetings = this.#collection('meetings', meeting)
  readonly callRecordings = this.#collection('callRecordings', callRecording)

  /** The collections, in the order of a saved world. */
  readonly collections = [
    this.people,
    this.sessions,
    this.workspaces,
    this.members,
    this.developerAccounts,
    this.apps,
    this.installations,
    this.authorizationCodes,
    this.accessTokens,
    this.objects,
    this.attributes,
    this.options,
    this.records,
    this.tasks,
    this.lists,
    this.entries,
    this.notes,
    this.comments,
    this.webhooks,
    this.deliveries,
    this.meetings,
    this.callRecordings,
  ] as const

  // Groups whose key never changes, so that their order is the order of creation.
  readonly membersOf = this.members.groupBy((member) => member.workspaceId)
  readonly objectsOf = this.objects.groupBy((object) => object.workspaceId)
  readonly attributesOf = this.attributes.groupBy((attribute) => attribute.parentId)
  readonly optionsOf = this.options.groupBy((option) => option.attributeId)
  readonly recordsOf = this.records.groupBy((record) => record.objectId)
  readonly listsOf = this.lists.groupBy((list) => list.workspaceId)
  readonly entriesOf = this.entries.groupBy((entry) => entry.listId)
  readonly notesOf = this.notes.groupBy((note) => note.workspaceId)
  readonly commentsOf = this.comments.groupBy((comment) => comment.workspaceId)
  readonly webhooksOf = this.webhooks.groupBy((webhook) => webhook.workspaceId)
  readonly meetingsOf = this.meetings.groupBy((meeting) => meeting.workspaceId)
  readonly callRecordingsOf = this.callRecordings.groupBy((recording) => recording.meetingId)
  readonly taskOrder: TaskOrder = createTaskOrder(this.tasks)

  /**
   * Runs edits that commit or roll back together. An exception rolls them back; the result is
   * returned after they are stored. A nested transaction is part of the outer one.
   */
  transact<Result>(work: () => Result): Result {
    this.#depth += 1
    try {
      const result = work()
      if (this.#depth === 1) this.#commit()
      return result
    } catch (cause) {
      if (this.#depth === 1) this.#rollBack()
      throw cause
    } finally {
      this.#depth -= 1
    }
  }

  /** Emits an event to every listener. Call it inside a transaction. */
  emit(event: AttioEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Calls the listener inside the transaction of each event; its edits are part of it. */
  onEvent(listener: (event: AttioEvent) => void): void {
    this.#listeners.push(listener)
  }

  /** Calls the listener after every stored transaction with changes. */
  onCommit(listener: () => void): void {
    this.#committed.push(listener)
  }

  /** Writes every later edit to the store before it is answered. */
  storeIn(store: Store): void {
    this.#store = store
  }

  /** Returns the whole memory as a JSON value. */
  save(): WorldState {
    const collections = Object.fromEntries(
      this.collections.map((collection) => [collection.name, collection.all()]),
    )
    return { version: 1, collections }
  }

  /** Replaces the whole memory. Throws, and changes nothing, when a document is malformed. */
  restore(state: WorldState, checking: Checking = 'checked'): void {
    this.#checking = checking
    try {
      this.transact(() => {
        for (const collection of this.collections) {
          collection.clear()
          for (const raw of state.collections[collection.name] ?? []) collection.adopt(raw)
        }
      })
    } finally {
      this.#checking = 'checked'
    }
  }

  /**
   * Replaces the whole memory with a seed's. A new world builds the documents of each collection when
   * they are first needed; one that stores, or may roll back, builds all of them now.
   */
  seed(documents: SeedDocuments): void {
    const isNew = this.#depth === 0 && this.collections.every(({ size }) => size === 0)
    if (!isNew || this.#store !== undefined) {
      const built = Object.entries(documents).map(([name, build]) => [name, build()] as const)
      this.restore({ version: 1, collections: Object.fromEntries(built) }, 'unchecked')
      return
    }
    this.people.seed(documents.people)
    this.workspaces.seed(documents.workspaces)
    this.members.seed(documents.members)
    this.objects.seed(documents.objects)
    this.attributes.seed(documents.attributes)
    this.options.seed(documents.options)
    this.records.seed(documents.records)
    this.tasks.seed(documents.tasks)
    this.lists.seed(documents.lists)
    this.entries.seed(documents.entries)
    this.notes.seed(documents.notes)
    this.comments.seed(documents.comments)
    this.meetings.seed(documents.meetings)
    this.callRecordings.seed(documents.callRecordings)
  }

  #collection<Schema extends z.ZodType<Identified>>(name: string, schema: Schema) {
    this.schemas.set(name, schema)
    const isDocument = (raw: unknown): raw is z.infer<Schema> =>
      this.#checking === 'unchecked' || schema.safeParse(raw).success
    return new Collection<z.infer<Schema>>(name, isDocument, (edit) => {
      if (this.#depth === 0) throw new Error(`"${name}" was edited outside of a transaction.`)
      this.#edits.push(edit)
    })
  }

  #commit(): void {
    if (this.#edits.length === 0) return
    this.#store?.write(this.#edits)
    this.#edits.length = 0
    for (const listener of this.#committed) listener()
  }

  #rollBack(): void {
    for (const edit of this.#edits.toReversed()) edit.undo()
    this.#edits.length = 0
    for (const collection of this.collections) collection.tidy()
  }
}

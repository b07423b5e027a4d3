// Stores the world in one SQLite table of documents, synced to disk before an answer is sent, so that a
// killed process loses nothing that it answered.
import { chmodSync, closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Edit } from './collection.ts'
import type { Store, World } from './world.ts'

/** The data file is unusable: another process has it open, or it is not a data file. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError'
  readonly code: 'in-use' | 'unreadable'

  constructor(code: 'in-use' | 'unreadable', message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export type DataFile = Store & {
  readonly isNew: boolean
  load(world: World): void
  /** Values stored beside the documents, such as the instant of the seed. */
  note(key: string): string | undefined
  setNote(key: string, text: string): void
  close(): void
}

const schema = `
create table if not exists documents (
  collection text not null,
  id text not null,
  seq integer not null,
  document text not null,
  primary key (collection, id)
) without rowid;
create table if not exists notes (name text primary key, text text not null) without rowid;
`

const documentRow = z.object({ collection: z.string(), seq: z.number(), document: z.string() })

export function openDataFile(path: string): DataFile {
  const database = open(path)
  const put = database.prepare(
    `insert into documents (collection, id, seq, document) values (?, ?, ?, ?)
     on conflict (collection, id) do update set seq = excluded.seq, document = excluded.document`,
  )
  const remove = database.prepare('delete from documents where collection = ? and id = ?')
  const readNote = database.prepare('select text from notes where name = ?')
  const writeNote = database.prepare(
    `insert into notes (name, text) values (?, ?) on conflict (name) do update set text = excluded.text`,
  )

  return {
    isNew: readNote.get('seededAt') === undefined,
    write: (edits) => {
      database.exec('begin immediate')
      try {
        for (const edit of lastEditOfEach(edits)) {
          if (edit.after === undefined) remove.run(edit.collection, edit.id)
          else put.run(edit.collection, edit.id, edit.seq, JSON.stringify(edit.after))
        }
        database.exec('commit')
      } catch (cause) {
        if (database.isTransaction) database.exec('rollback')
        throw cause
      }
    },
    load: (world) => {
      const collections = new Map(world.collections.map((one) => [one.name, one] as const))
      const rows = database.prepare('select collection, seq, document from documents order by seq')
      for (const raw of rows.iterate()) {
        const row = documentRow.parse(raw)
        collections.get(row.collection)?.load(JSON.parse(row.document), row.seq)
      }
    },
    note: (key) => z.object({ text: z.string() }).safeParse(readNote.get(key)).data?.text,
    setNote: (key, text) => {
      writeNote.run(key, text)
    },
    close: () => database.close(),
  }
}

function open(path: string): DatabaseSync {
  try {
    // The file holds tokens and secrets. SQLite gives its log the same mode.
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
    const database = new DatabaseSync(path, { timeout: 0 })
    // FULL: the log is synced at every commit. EXCLUSIVE: a second process is refused.
    database.exec(
      'pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full',
    )
    requireDurability(database)
    database.exec(schema)
    return database
  } catch (cause) {
    const isLocked = cause instanceof Error && cause.message.includes('locked')
    throw isLocked
      ? new DataFileError('in-use', `${path} is in use by another local Attio.`, { cause })
      : new DataFileError('unreadable', `${path} cannot be used as a data file.`, { cause })
  }
}

/** SQLite ignores unsupported settings; a file that may lose a commit is refused. */
function requireDurability(database: DatabaseSync): void {
  const { journal_mode } = journalMode.parse(database.prepare('pragma journal_mode').get())
  const { synchronous } = syncLevel.parse(database.prepare('pragma synchronous').get())
  if (journal_mode === 'wal' && synchronous === full) return
  throw new Error(`journal_mode is ${journal_mode}, synchronous is ${synchronous}.`)
}

const full = 2
const journalMode = z.object({ journal_mode: z.string() })
const syncLevel = z.object({ synchronous: z.number() })

function lastEditOfEach(edits: readonly Edit[]): Iterable<Edit> {
  return new Map(edits.map((edit) => [`${edit.collection}/${edit.id}`, edit])).values()
}

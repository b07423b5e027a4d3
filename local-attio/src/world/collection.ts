// The documents of one kind: by id, in the order of creation, and grouped by a key. The world records
// every edit and can undo it.

export type Identified = { readonly id: string }

/** An edit of one document, with all that is needed to store or undo it. */
export type Edit = {
  readonly collection: string
  readonly id: string
  readonly seq: number
  /** The document after the edit; undefined when it was deleted. */
  readonly after: unknown
  undo(): void
}

/** Receives every edit of a collection, including undone ones. */
export type Watcher<Document> = {
  changed(before: Document | undefined, after: Document | undefined): void
}

type Row<Document> = { readonly seq: number; readonly document: Document }

export class Collection<Document extends Identified> {
  readonly name: string
  readonly #isDocument: (raw: unknown) => raw is Document
  readonly #record: (edit: Edit) => void
  readonly #watchers: Watcher<Document>[] = []
  #rows = new Map<string, Row<Document>>()
  /** Builds the documents of the seed; undefined once they are here. */
  #seed: (() => readonly Document[]) | undefined
  #lastSeq = 0
  #isDisordered = false

  constructor(
    name: string,
    isDocument: (raw: unknown) => raw is Document,
    record: (edit: Edit) => void,
  ) {
    this.name = name
    this.#isDocument = isDocument
    this.#record = record
  }

  get size(): number {
    return this.#filled().size
  }

  get(id: string): Document | undefined {
    return this.#filled().get(id)?.document
  }

  /** Every document, oldest first. */
  all(): Document[] {
    return Array.from(this.#filled().values(), (row) => row.document)
  }

  find(test: (document: Document) => boolean): Document | undefined {
    for (const row of this.#filled().values()) if (test(row.document)) return row.document
    return undefined
  }

  /** Adds a document or replaces the one with its id. */
  put(document: Document): Document {
    const before = this.#filled().get(document.id)
    const row = { seq: before?.seq ?? (this.#lastSeq += 1), document }
    this.#set(document.id, row)
    this.#record({
      collection: this.name,
      id: document.id,
      seq: row.seq,
      after: document,
      undo: () => this.#set(document.id, before),
    })
    return document
  }

  remove(id: string): boolean {
    const before = this.#filled().get(id)
    if (!before) return false
    this.#set(id, undefined)
    this.#record({
      collection: this.name,
      id,
      seq: before.seq,
      after: undefined,
      undo: () => {
        this.#isDisordered = true
        this.#set(id, before)
      },
    })
    return true
  }

  clear(): void {
    for (const id of Array.from(this.#filled().keys())) this.remove(id)
  }

  /**
   * Gives an empty collection its first documents, without an edit. `build` is called when they are
   * first needed, and must return the same ones whenever that is.
   */
  seed(build: () => readonly Document[]): void {
    if (this.#seed !== undefined || this.#rows.size > 0) {
      throw new Error(`"${this.name}" has documents already.`)
    }
    this.#seed = build
  }

  /** Puts a document from an external source after checking its shape. */
  adopt(raw: unknown): void {
    this.put(this.#checked(raw))
  }

  /** Loads a stored document into its former position, without an edit. */
  load(raw: unknown, seq: number): void {
    const document = this.#checked(raw)
    this.#filled()
    this.#lastSeq = Math.max(this.#lastSeq, seq)
    this.#set(document.id, { seq, document })
  }

  /** Calls the watcher for every document (those of a seed when they are built) and for every later edit. */
  watch(watcher: Watcher<Document>): void {
    this.#watchers.push(watcher)
    for (const row of this.#rows.values()) watcher.changed(undefined, row.document)
  }

  /** Returns a live index by key. Documents without a key are left out. */
  groupBy(key: (document: Document) => string | undefined): (key: string) => Document[] {
    const groups = new Map<string, Map<string, Document>>()
    this.watch({
      changed: (before, after) => {
        const oldKey = before && key(before)
        const newKey = after && key(after)
        if (before && oldKey !== undefined && oldKey !== newKey)
          groups.get(oldKey)?.delete(before.id)
        if (!after || newKey === undefined) return
        const group = groups.get(newKey)
        if (group) group.set(after.id, after)
        else groups.set(newKey, new Map([[after.id, after]]))
      },
    })
    return (wanted) => {
      this.#filled()
      return Array.from(groups.get(wanted)?.values() ?? [])
    }
  }

  /** Restores the order of the documents after a removal was undone. */
  tidy(): void {
    if (!this.#isDisordered) return
    this.#isDisordered = false
    const rows = Array.from(this.#rows.entries()).sort(([, a], [, b]) => a.seq - b.seq)
    for (const [id] of rows) this.#set(id, undefined)
    for (const [id, row] of rows) this.#set(id, row)
  }

  /** Returns the rows, after building those of the seed. */
  #filled(): Map<string, Row<Document>> {
    const build = this.#seed
    if (build === undefined) return this.#rows
    this.#seed = undefined
    for (const document of build()) {
      this.#set(document.id, { seq: (this.#lastSeq += 1), document })
    }
    return this.#rows
  }

  #checked(raw: unknown): Document {
    if (this.#isDocument(raw)) return raw
    throw new Error(`A saved document of "${this.name}" does not have the shape it should.`)
  }

  #set(id: string, row: Row<Document> | undefined): void {
    const before = this.#rows.get(id)?.document
    if (row) this.#rows.set(id, row)
    else this.#rows.delete(id)
    for (const watcher of this.#watchers) watcher.changed(before, row?.document)
  }
}

// A command of the palette.
export type Command = {
  readonly id: string
  readonly label: string
  /** the command's key, or the kind of a name, shown at the end */
  readonly key?: string
  /** the list of a member or record */
  readonly address?: string
  readonly run: () => void
}

// The command palette (⌘K): every action on the focused row, every view, filter, workspace and setting, and every member
// and record by name. What was used last comes first.
import { createChoiceList, matches, type Choice } from '../in-place/choice-list.ts'
import { element } from '../in-place/element.ts'
import { createAsker, listOf, lookupAddress, textOf } from '../in-place/fetch-json.ts'
import { openPopover } from '../in-place/popover.ts'
import { currentRow } from '../rows/rows.ts'
import type { Command } from './command.ts'
import { pageCommands } from './page-commands.ts'
import { recentCommands, remember } from './recent-commands.ts'
import { rowCommands } from './row-commands.ts'

const mostShown = 12
const typingPauseMs = 60

export function openPalette(): void {
  const commands = [...rowCommands(currentRow()), ...pageCommands()]
  const { box, close } = openPopover(document.body, 'Commands')
  box.classList.add('palette')
  const find = createFinder()
  let timer: ReturnType<typeof setTimeout> | undefined
  let named: readonly Command[] = []
  let shown: readonly Command[] = []
  const list = createChoiceList({
    label: 'Commands',
    placeholder: 'Type a command, a view or a name',
    onType: (text) => {
      named = []
      render(text)
      clearTimeout(timer)
      timer = setTimeout(() => void lookUp(text), typingPauseMs)
    },
    onTake: ({ id }: Choice) => {
      const command = shown.find((one) => one.id === id)
      close()
      if (command === undefined) return
      remember(command)
      command.run()
    },
  })
  const lookUp = async (text: string): Promise<void> => {
    const found = await find(text)
    if (found === undefined || list.field.value !== text) return
    named = found
    render(text)
  }
  const render = (text: string): void => {
    shown = ranked(text, commands, named)
    list.show(shown.map(({ id, label, key }) => ({ id, label, detail: key })))
    empty.hidden = shown.length > 0
  }
  const empty = element('p', { class: 'preview' }, 'Nothing matches.')
  box.append(list.field, list.list, empty)
  list.field.focus()
  render('')
}

/** Returns the commands that match the text, those used last first, and then the members and records of that name. */
function ranked(
  text: string,
  commands: readonly Command[],
  named: readonly Command[],
): readonly Command[] {
  const recent = recentCommands()
  const ids = recent.map(({ id }) => id)
  const rank = ({ id }: Command): number => {
    const at = ids.indexOf(id)
    return at === -1 ? ids.length : at
  }
  const known = new Set([...commands, ...named].map(({ id }) => id))
  // Members and records that were opened before are offered again before they are looked up.
  const opened = recent.flatMap(({ id, label, address }) =>
    address === undefined || known.has(id) ? [] : [placeOf({ label, address })],
  )
  return [...commands, ...opened]
    .filter(({ label }) => matches(text, label))
    .toSorted((one, other) => rank(one) - rank(other))
    .concat(named)
    .slice(0, mostShown)
}

/** Returns a function that looks up members and records by name; it returns undefined for an answer that came too late. */
function createFinder(): (text: string) => Promise<readonly Command[] | undefined> {
  const ask = createAsker()
  return async (text) => {
    if (text.trim() === '') return undefined
    const answer = await ask(lookupAddress('/lookups/names', { text }))
    if (answer === undefined) return undefined
    return listOf(answer, 'names').map((found) =>
      placeOf({
        label: textOf(found, 'name'),
        address: textOf(found, 'address'),
        kind: textOf(found, 'kind'),
      }),
    )
  }
}

/** Returns the command that shows the tasks of a member or a record. */
function placeOf({
  label,
  address,
  kind,
}: {
  readonly label: string
  readonly address: string
  readonly kind?: string
}): Command {
  const run = (): void => location.assign(address)
  return {
    id: `name ${address}`,
    label,
    address,
    run,
    ...(kind === undefined ? {} : { key: kind }),
  }
}

// The popover for assignees. The person themselves comes first; typing filters, Space toggles, Enter saves.
import { createChoiceList, matches, type Choice } from './choice-list.ts'
import { element } from './element.ts'
import { createAsker, listOf, lookupAddress, property, textOf } from './fetch-json.ts'
import { openPopover } from './popover.ts'

export type Member = {
  readonly memberId: string
  readonly name: string
  readonly emailAddress: string
  readonly initials: string
  readonly hue: string
  readonly isMe: boolean
}

type Members = {
  readonly members: readonly Member[]
  /** False when the workspace has more members: they are found by typing. */
  readonly isWhole: boolean
}

const known = new Map<string, Members>()

/** Fetches the first members of a workspace once per page. The person themselves is always among them. */
export async function readMembersOnce(connectionId: string): Promise<Members> {
  const before = known.get(connectionId)
  if (before !== undefined) return before
  const found = answeredMembers(await createAsker()(membersAddress(connectionId, '')))
  if (found.members.length > 0) known.set(connectionId, found)
  return found
}

/** The members with these IDs are among the answer, too. */
function membersAddress(connectionId: string, text: string, ids: readonly string[] = []): string {
  return lookupAddress(`/lookups/${connectionId}/members`, { text, ids: ids.join(' ') })
}

function answeredMembers(answer: unknown): Members {
  const members = membersIn(listOf(answer, 'members'))
  return { members, isWhole: property(answer, 'isWhole') === true }
}

export function membersIn(answered: readonly unknown[]): readonly Member[] {
  return answered.map((member) => ({
    memberId: textOf(member, 'memberId'),
    name: textOf(member, 'name'),
    emailAddress: textOf(member, 'emailAddress'),
    initials: textOf(member, 'initials'),
    hue: String(property(member, 'hue')),
    isMe: property(member, 'isMe') === true,
  }))
}

type AssignedTask = { readonly connectionId: string; readonly assigned: readonly string[] }

/**
 * Opens at the anchor and passes the chosen assignees to `apply`, unless they are unchanged. Assignees who are no longer
 * members stay chosen; they are not among the members passed on.
 */
export function openAssigneePopover(
  anchor: HTMLElement,
  { connectionId, assigned }: AssignedTask,
  apply: (memberIds: readonly string[], members: readonly Member[]) => void,
): void {
  const { box, close } = openPopover(anchor, 'Assignees')
  const chosen = new Set(assigned)
  // Also those found by an earlier search, since they may be chosen.
  const members = new Map<string, Member>()
  let isWhole = true
  const ask = createAsker()
  const save = (): void => {
    close()
    if (chosen.symmetricDifference(new Set(assigned)).size === 0) return
    apply(
      [...chosen],
      [...members.values()].filter(({ memberId }) => chosen.has(memberId)),
    )
  }
  const toggle = ({ id }: Choice): void => {
    if (!chosen.delete(id)) chosen.add(id)
    render()
  }
  const list = createChoiceList({
    label: 'Assignees',
    placeholder: 'Name or e-mail',
    onType: (text) => {
      render()
      if (!isWhole && text.trim() !== '') void search(text)
    },
    // With nothing toggled, Enter chooses the active member.
    onTake: (choice) => {
      if (chosen.symmetricDifference(new Set(assigned)).size === 0) toggle(choice)
      save()
    },
    onToggle: toggle,
  })
  const render = (): void =>
    list.show(choicesOf([...members.values()], { chosen, typed: list.field.value }))
  const saveButton = element('button', { type: 'button', class: 'primary' }, 'Save')
  saveButton.addEventListener('click', save)
  box.append(list.field, list.list, saveButton)
  list.field.focus()
  const add = (found: Members): void => {
    for (const member of found.members) members.set(member.memberId, member)
    render()
  }
  const search = async (text: string, ids: readonly string[] = []): Promise<void> => {
    const answer = await ask(membersAddress(connectionId, text, ids))
    if (answer !== undefined) add(answeredMembers(answer))
  }
  void readMembersOnce(connectionId).then((found) => {
    isWhole = found.isWhole
    add(found)
    if (isWhole) return
    void search(list.field.value, assigned)
  })
}

const mostShown = 50

/** Returns the members that match the typed text. Members with the same name are told apart by their addresses. */
function choicesOf(
  members: readonly Member[],
  { chosen, typed }: { readonly chosen: ReadonlySet<string>; readonly typed: string },
): readonly Choice[] {
  const names = new Map<string, number>()
  for (const { name } of members) names.set(name, (names.get(name) ?? 0) + 1)
  const detailOf = ({ emailAddress, isMe, name }: Member): string | undefined => {
    if (isMe) return 'you'
    return (names.get(name) ?? 0) > 1 ? emailAddress : undefined
  }
  return members
    .filter(({ name, emailAddress }) => matches(typed, `${name} ${emailAddress}`))
    .slice(0, mostShown)
    .map((member) => ({
      id: member.memberId,
      label: member.name,
      detail: detailOf(member),
      isChecked: chosen.has(member.memberId),
      mark: avatarOf(member),
    }))
}

export function avatarOf({ name, initials, hue }: Member): HTMLElement {
  return element('span', { class: 'who', 'data-hue': hue, title: name, role: 'img' }, initials)
}

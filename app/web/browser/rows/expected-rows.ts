// What a form of the list or of a task's card will have done, to be shown before Taskr answers.
import { sentFields } from '../form-fields.ts'
import type { Member } from '../in-place/assignee-popover.ts'
import { pageToday } from '../in-place/due.ts'
import {
  hideRecord,
  showAssignees,
  showCompletion,
  showDeleted,
  showDue,
  showRecord,
  type ShowChange,
} from '../in-place/show-in-row.ts'
import { rowAround } from './rows.ts'

export type Expected = {
  /** the IDs of the rows of the tasks that change */
  readonly ids: readonly string[]
  readonly show: ShowChange
  /** present when the rows stay in sight for a moment */
  readonly leaving?: 'leaving'
}

/** Returns undefined for a form that changes no task. */
export function expectedOf(
  form: HTMLFormElement,
  submitter: HTMLElement | null,
): Expected | undefined {
  const overdue = submitter?.closest('.deeds')?.closest('.group')
  if (overdue) {
    const rows = [...overdue.querySelectorAll('.task:has(button.checkbox)')]
    return { ids: rows.map(({ id }) => id), show: (shown) => showDue(shown, { day: pageToday() }) }
  }
  const row = submitter?.matches('.checkbox') === true ? rowAround(submitter) : undefined
  const id = row?.id ?? form.closest<HTMLElement>('.task-page')?.dataset['task']
  const show = showOf(form, submitter)
  if (id === undefined || show === undefined) return undefined
  const isCompletion = resourceOf(form, submitter) === 'completion'
  return { ids: [id], show, ...(isCompletion ? { leaving: 'leaving' } : {}) }
}

/** Returns the address that a form is sent to. */
export function sendingAddress(form: HTMLFormElement, submitter: HTMLElement | null): string {
  const hasOwn = submitter instanceof HTMLButtonElement && submitter.hasAttribute('formaction')
  return hasOwn ? submitter.formAction : form.action
}

/** Returns the part of a task that a form is sent to. */
function resourceOf(form: HTMLFormElement, submitter: HTMLElement | null): string {
  return sendingAddress(form, submitter).replace(/.*\/tasks\/[^/]+\/[^/]+\//, '')
}

function showOf(form: HTMLFormElement, submitter: HTMLElement | null): ShowChange | undefined {
  const fields = sentFields(form, submitter)
  const sent = (name: string): string | undefined => fields.get(name) ?? undefined
  switch (resourceOf(form, submitter)) {
    case 'completion': {
      const isCompleted = sent('isCompleted') !== 'no'
      return (shown) => showCompletion(shown, isCompleted)
    }
    case 'deletion':
      return showDeleted
    case 'deadline': {
      const day = sent('day') ?? sent('date') ?? ''
      // A time that comes twice stays as it reads.
      if (sent('which') !== undefined || (day === '' && sent('time'))) return undefined
      return (shown) => showDue(shown, { day, time: sent('time') })
    }
    case 'assignees': {
      const members = checkedMembers(form)
      const ids = members.map(({ memberId }) => memberId)
      return (shown) => showAssignees(shown, ids, members)
    }
    case 'linked-records': {
      const name = form.closest('li')?.querySelector('.record')?.textContent?.trim() ?? ''
      const record = { targetObject: '', recordId: sent('recordId') ?? '', name, kind: '' }
      return (shown) => showRecord(shown, record)
    }
    case 'linked-records/removal':
      return (shown) => hideRecord(shown, sent('recordId') ?? '')
    default:
      return undefined
  }
}

/** Reads the checked members of a card's form. */
function checkedMembers(form: HTMLFormElement): readonly Member[] {
  return [...form.querySelectorAll<HTMLInputElement>('input:checked')].map((box) => {
    const label = box.closest('label')
    const textOf = (selector: string): string => label?.querySelector(selector)?.textContent ?? ''
    return {
      memberId: box.value,
      name: textOf('bdi'),
      emailAddress: '',
      initials: textOf('.who'),
      hue: label?.querySelector<HTMLElement>('.who')?.dataset['hue'] ?? '',
      isMe: textOf('.detail') === 'you',
    }
  })
}

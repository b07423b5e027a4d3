// POST /changes/…: undoes a recorded change, sends a refused one again, or discards it.
import { asChangeId } from '../../../support/ids.ts'
import { signedIn } from '../../pages.ts'
import { readForm } from '../../read-form.ts'
import { valueInPath } from '../../request-path.ts'
import { leaveToast } from '../../toast-cookie.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import type { ChangedBy, TakenBack } from '../../../tasks/changes.ts'
import { refusalOf } from './answer-change.ts'
import { returnField } from './change-form.ts'

const undoToasts = {
  withdrawn: 'undone',
  reversed: 'undoing',
  'too-late': 'undo-too-late',
} as const

export async function undoFromForm(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  const { returnTo } = await readForm(context, returnField)
  const undone = await parts.changes.undo(accountId, changeIdOf(context))
  leaveToast(parts.cookies, context, toastOfUndo(undone))
  return context.redirect(returnTo, 303)
}

export async function attemptAgain(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  const { returnTo } = await readForm(context, returnField)
  const isSent = await parts.changes.tryAgain(accountId, changeIdOf(context))
  leaveToast(parts.cookies, context, { kind: isSent ? 'sent-again' : 'no-longer-refused' })
  return context.redirect(returnTo, 303)
}

export async function dismissChange(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  const { returnTo } = await readForm(context, returnField)
  const isDiscarded = await parts.changes.discard(accountId, changeIdOf(context))
  leaveToast(parts.cookies, context, { kind: isDiscarded ? 'discarded' : 'no-longer-refused' })
  return context.redirect(returnTo, 303)
}

function toastOfUndo(undone: TakenBack) {
  switch (undone.kind) {
    case 'withdrawn':
    case 'reversed':
    case 'too-late':
      return { kind: undoToasts[undone.kind] } as const
    case 'changed-since':
      return {
        kind: 'not-changed',
        refusal: 'changed-since',
        by: nameOfChanger(undone.by),
      } as const
    case 'refused':
      return { kind: 'not-changed', refusal: refusalOf(undone.refusal) } as const
  }
}

function nameOfChanger(by: ChangedBy | undefined) {
  if (by === undefined || by.kind === 'you') return by?.kind
  return by.name === undefined ? undefined : { name: by.name }
}

function changeIdOf(context: WebContext) {
  return asChangeId(valueInPath(context, 'changeId'))
}

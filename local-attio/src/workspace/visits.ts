// Admits active members to a workspace, and tells other people why they may not enter.
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Author } from '../edits/author.ts'
import type { Env } from '../http.ts'
import { forForm, forPerson, sendRefusal, sendShell } from '../pages/shell.ts'
import type { Parts } from '../parts.ts'
import type { Member, Person, Workspace } from '../world/access.ts'
import { tasksAddress } from './addresses.ts'
import { switchForm } from './views/switch.ts'

export type Visit = {
  readonly c: Context<Env>
  readonly workspace: Workspace
  readonly member: Member
}

type Answer = Response | Promise<Response>

/** A visit that posts a form. */
export type FormVisit = Visit & { readonly form: URLSearchParams }

export function forMember(
  parts: Parts,
  answer: (visit: Visit) => Answer,
): (c: Context<Env>) => Answer {
  return forPerson(parts, (c, person) => admit(parts, c, person, answer))
}

export function forMemberForm(
  parts: Parts,
  answer: (visit: FormVisit) => Answer,
): (c: Context<Env>) => Promise<Response> {
  return forForm(parts, '/', (c, person, form) =>
    admit(parts, c, person, (visit) => answer({ ...visit, form })),
  )
}

/** Returns the member as the author of an edit made now. */
export function authorOf({ world, ids, clock }: Parts, { member }: Visit): Author {
  return {
    world,
    ids,
    now: clock.now(),
    workspaceId: member.workspaceId,
    actor: { type: 'workspace-member', id: member.id },
    memberId: member.id,
  }
}

function admit(
  parts: Parts,
  c: Context<Env>,
  person: Person,
  answer: (visit: Visit) => Answer,
): Answer {
  const { world } = parts
  const slug = c.req.param('slug')
  const workspace = world.workspaces.find((one) => one.slug === slug)
  if (!workspace) {
    return sendRefusal(parts, c, {
      status: 404,
      title: 'No such workspace',
      text: html`There is no workspace at this address. <a href="/">Overview</a>`,
    })
  }
  const member = world.membersOf(workspace.id).find((one) => one.personId === person.id)
  if (member && member.accessLevel !== 'suspended') return answer({ c, workspace, member })
  return refuse(parts, c, workspace, member)
}

function refuse(
  parts: Parts,
  c: Context<Env>,
  workspace: Workspace,
  member: Member | undefined,
): Promise<Response> {
  const title = member
    ? `You are suspended in ${workspace.name}`
    : `You are not a member of ${workspace.name}`
  return sendShell(parts, c, {
    title,
    status: 403,
    returnTo: tasksAddress(workspace.slug),
    content: html`<div class="empty">
      <h1>${title}</h1>
      <p>Sign in as a member to see it.</p>
      ${switchForm(parts.world, workspace, { returnTo: tasksAddress(workspace.slug) })}
    </div>`,
  })
}

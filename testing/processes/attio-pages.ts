// A person who works in the local Attio: sends the forms of its pages.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import { createBrowser, type Browser } from '../in-process/http-browser.ts'

export interface AttioPages {
  /** Adds a task; like the other methods, it resolves when Attio has answered. */
  readonly addTask: (task: TaskForm) => Promise<void>
  readonly changeTask: (taskId: string, task: Omit<TaskForm, 'content'>) => Promise<void>
  readonly completeTask: (taskId: string) => Promise<void>
  /** Approves the authorization request at an address; resolves to Attio's redirect. */
  readonly allow: (authorizeUrl: string, workspaceId: string) => Promise<string>
}

export interface TaskForm {
  readonly content: string
  /** An instant; without it the task has no deadline. */
  readonly deadline?: string
  readonly assigneeId?: string
}

export async function openAttioPages(
  url: string,
  person: { readonly id: string } = standard.people.ada,
  slug = 'acme',
): Promise<AttioPages> {
  const browser = realBrowser(url)
  await send(browser, '/sign-in', { person: person.id })
  const tasks = `/workspaces/${slug}/tasks`
  const fieldsOf = ({ deadline = '', assigneeId = '' }: Omit<TaskForm, 'content'>) => ({
    deadline,
    assignee: assigneeId,
  })
  return {
    addTask: async (task) => {
      await send(browser, tasks, { content: task.content, ...fieldsOf(task) })
    },
    changeTask: async (taskId, task) => {
      await send(browser, `${tasks}/${taskId}`, fieldsOf(task))
    },
    completeTask: async (taskId) => {
      await send(browser, `${tasks}/${taskId}/completion`, { completed: 'yes' })
    },
    allow: (authorizeUrl, workspaceId) =>
      send(browser, authorizeUrl.slice(url.length), { workspace: workspaceId, decision: 'allow' }),
  }
}

/** Makes an HTTP browser that uses the network. */
export function realBrowser(url: string): Browser {
  return createBrowser((request) => fetch(request, { redirect: 'manual' }), url)
}

async function send(
  browser: Browser,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await browser.post(path, fields)
  assert.equal(answer.status, 303, answer.body)
  return answer.location ?? ''
}

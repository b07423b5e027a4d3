// Example calls of notes, threads and comments.
import { standard } from '../../seed/standard.ts'
import type { contentOperations } from '../operations/content-operations.ts'
import type { ExampleWorld } from './example-world.ts'
import { data, type Example } from './example.ts'

const moreScopes = ['object_configuration:read', 'record_permission:read']

export function contentExamples(
  world: ExampleWorld,
): Readonly<Record<keyof typeof contentOperations, Example>> {
  const note = `/v2/notes/${world.note}`
  const comment = `/v2/comments/${world.comment}`
  const ofPerson = `parent_object=people&parent_record_id=${world.person}`
  const ofCompany = `object=companies&record_id=${world.company}`
  return {
    'notes.list': { path: `/v2/notes?${ofPerson}` },
    'notes.create': {
      path: '/v2/notes',
      body: data({ ...newNote, parent_record_id: world.person }),
    },
    'notes.get': { path: note },
    'notes.update': { path: note, body: data({ title: 'First call, corrected' }) },
    'notes.delete': { path: note },
    'threads.list': { path: `/v2/threads?${ofCompany}`, moreScopes },
    'threads.get': { path: `/v2/threads/${world.thread}`, moreScopes },
    'comments.create': {
      path: '/v2/comments',
      body: data({ ...newComment, thread_id: world.thread }),
      moreScopes,
    },
    'comments.get': { path: comment, moreScopes },
    'comments.delete': { path: comment },
  }
}

const newNote = {
  parent_object: 'people',
  title: 'Second call',
  format: 'markdown',
  content: '# Yes\n\nShe said **yes**.',
}

const newComment = {
  format: 'plaintext',
  content: 'Done.',
  author: { type: 'workspace-member', id: standard.members.benAtAcme },
}

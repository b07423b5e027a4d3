// Notes, threads and comments.
import { reads, writes, type Operation } from './operation.ts'

const noteReads = ['object_configuration:read', 'record_permission:read']

export const contentOperations = {
  'notes.list': reads('GET', '/v2/notes', {
    title: 'List notes',
    scopes: ['note:read', ...noteReads],
  }),
  'notes.create': writes('POST', '/v2/notes', {
    title: 'Create a note',
    scopes: ['note:read-write', ...noteReads],
    differences: 'Markdown becomes plain text by simple rules; there are no tags.',
  }),
  'notes.get': reads('GET', '/v2/notes/{note_id}', {
    title: 'Get a note',
    scopes: ['note:read', ...noteReads],
  }),
  'notes.update': writes('PATCH', '/v2/notes/{note_id}', {
    title: 'Update a note',
    since: '2026-08',
    scopes: ['note:read-write', ...noteReads],
    differences: 'Content without a format is plain text; assumed. No note is too large.',
  }),
  'notes.delete': writes('DELETE', '/v2/notes/{note_id}', {
    title: 'Delete a note',
    scopes: ['note:read-write'],
  }),

  'threads.list': reads('GET', '/v2/threads', {
    title: 'List threads',
    // Plus the scopes for reading the record or the entry; likewise below.
    scopes: ['comment:read'],
  }),
  'threads.get': reads('GET', '/v2/threads/{thread_id}', {
    title: 'Get a thread',
    scopes: ['comment:read'],
  }),
  'comments.create': writes('POST', '/v2/comments', {
    title: 'Create a comment',
    scopes: ['comment:read-write'],
  }),
  'comments.get': reads('GET', '/v2/comments/{comment_id}', {
    title: 'Get a comment',
    scopes: ['comment:read'],
    differences: '`resolved_by` of an open comment is null, as the real one was seen to send it.',
  }),
  'comments.delete': writes('DELETE', '/v2/comments/{comment_id}', {
    title: 'Delete a comment',
    scopes: ['comment:read-write'],
  }),
} as const satisfies Readonly<Record<string, Operation>>

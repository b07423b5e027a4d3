// The names and fixed ids of the standard seed, for tests to use.
import { fixedUuid } from '../ids.ts'

/** The first part of a fixed id, by kind of document. */
export const families = {
  workspace: 1,
  person: 2,
  member: 3,
  object: 4,
  attribute: 5,
  option: 6,
  record: 7,
  task: 8,
  list: 9,
  entry: 10,
  note: 11,
  comment: 12,
  meeting: 14,
  callRecording: 15,
} as const

const acme = 1
const globex = 2

/**
 * People, workspaces and members of the standard seed. Ada is an admin of both workspaces, Ben a
 * member of Acme Robotics, Cleo is suspended there, Dana has no name, Edith is an admin of Globex.
 *
 * @example
 * attio.issueAccessToken({ clientId, memberEmail: standard.people.ada.emailAddress, workspace: 'acme' })
 */
export const standard = {
  workspaces: {
    acme: { id: fixedUuid(families.workspace, 0, acme), slug: 'acme', name: 'Acme Robotics' },
    globex: { id: fixedUuid(families.workspace, 0, globex), slug: 'globex', name: 'Globex' },
  },
  people: {
    ada: person(1, 'Ada', 'Byron', 'ada@acme.example'),
    ben: person(2, 'Ben', 'Okafor', 'ben@acme.example'),
    cleo: person(3, 'Cleo', 'Marsh', 'cleo@acme.example'),
    dana: person(4, '', '', 'dana@acme.example'),
    edith: person(5, 'Edith', 'Larsen', 'edith@globex.example'),
  },
  /** Workspace member ids. */
  members: {
    adaAtAcme: fixedUuid(families.member, acme, 1),
    benAtAcme: fixedUuid(families.member, acme, 2),
    cleoAtAcme: fixedUuid(families.member, acme, 3),
    danaAtAcme: fixedUuid(families.member, acme, 4),
    adaAtGlobex: fixedUuid(families.member, globex, 1),
    edithAtGlobex: fixedUuid(families.member, globex, 5),
  },
} as const

function person(number: number, firstName: string, lastName: string, emailAddress: string) {
  return { id: fixedUuid(families.person, 0, number), firstName, lastName, emailAddress }
}

/** The id of the nth task (from 1) of Acme Robotics. */
export function acmeTaskId(number: number): string {
  return fixedUuid(families.task, acme, number)
}

/** The number of a workspace in fixed ids. */
export const places = { acme, globex } as const

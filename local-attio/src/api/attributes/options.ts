// Options of a select attribute and statuses of a status attribute: list, create, update.
import { z } from 'zod'
import { renderOption, renderStatus } from '../../values/render.ts'
import type { Attribute, Option } from '../../world/records.ts'
import type { Call, Handler } from '../requests/call.ts'
import { conflict, refuse } from '../requests/errors.ts'
import { readBody, readQuery } from '../requests/validation.ts'
import { attributeOfPath } from './find.ts'

const query = z.object({ show_archived: z.enum(['true', 'false']).default('false') })
const title = z.string().min(1)
const duration = z
  .string()
  .regex(/^P(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?:\d+(?:[.,]\d+)?[HMS])+)?$/)

const newOption = z.object({ data: z.object({ title }) })
const optionChanges = z.object({
  data: z.object({ title: title.optional(), is_archived: z.boolean().optional() }),
})
const newStatus = z.object({
  data: z.object({
    title,
    celebration_enabled: z.boolean().default(false),
    target_time_in_status: duration.nullable().default(null),
  }),
})
const statusChanges = z.object({
  data: z.object({
    title: title.optional(),
    celebration_enabled: z.boolean().optional(),
    target_time_in_status: duration.nullable().optional(),
    is_archived: z.boolean().optional(),
  }),
})

type Kind = 'select' | 'status'

export const listOptions: Handler = (call) => list(call, 'select')
export const listStatuses: Handler = (call) => list(call, 'status')

export const postOption: Handler = (call) => {
  const attribute = attributeOf(call, 'select')
  return add(call, attribute, readBody(call, newOption).data)
}

export const postStatus: Handler = (call) => {
  const attribute = attributeOf(call, 'status')
  const { data } = readBody(call, newStatus)
  return add(call, attribute, {
    title: data.title,
    isCelebrated: data.celebration_enabled,
    targetTime: data.target_time_in_status,
  })
}

export const patchOption: Handler = (call) => {
  const attribute = attributeOf(call, 'select')
  const option = optionOf(call, attribute, call.params['option'] ?? '')
  const { data } = readBody(call, optionChanges)
  return change(call, attribute, option, {
    title: data.title ?? option.title,
    isArchived: data.is_archived ?? option.isArchived,
  })
}

export const patchStatus: Handler = (call) => {
  const attribute = attributeOf(call, 'status')
  const option = optionOf(call, attribute, call.params['status'] ?? '')
  const { data } = readBody(call, statusChanges)
  const { target_time_in_status: targetTime } = data
  return change(call, attribute, option, {
    title: data.title ?? option.title,
    isArchived: data.is_archived ?? option.isArchived,
    isCelebrated: data.celebration_enabled ?? option.isCelebrated,
    targetTime: targetTime === undefined ? option.targetTime : targetTime,
  })
}

function list(call: Call, kind: Kind): object {
  const attribute = attributeOf(call, kind)
  const { show_archived: shown } = readQuery(call, query)
  const options = call.world
    .optionsOf(attribute.id)
    .filter((option) => shown === 'true' || !option.isArchived)
  return { data: options.map((option) => render(call, attribute, option)) }
}

function add(
  call: Call,
  attribute: Attribute,
  fresh: Pick<Option, 'title'> & Partial<Option>,
): object {
  requireFreeTitle(call, attribute, fresh.title)
  const option = call.world.options.put({
    id: call.ids.uuid(),
    workspaceId: call.workspaceId,
    attributeId: attribute.id,
    isArchived: false,
    isCelebrated: false,
    targetTime: null,
    ...fresh,
  })
  return { data: render(call, attribute, option) }
}

function change(
  call: Call,
  attribute: Attribute,
  option: Option,
  changes: Partial<Option> & Pick<Option, 'title'>,
): object {
  if (changes.title !== option.title) requireFreeTitle(call, attribute, changes.title)
  return { data: render(call, attribute, call.world.options.put({ ...option, ...changes })) }
}

function attributeOf(call: Call, kind: Kind): Attribute {
  const attribute = attributeOfPath(call)
  if (attribute.type === kind) return attribute
  throw refuse('validation_type', `This attribute is not a ${kind} attribute.`)
}

/** Finds an option by id or title, archived ones included so that they can be restored. */
function optionOf({ world }: Call, attribute: Attribute, wanted: string): Option {
  const option = world
    .optionsOf(attribute.id)
    .find((one) => one.id === wanted.toLowerCase() || one.title === wanted)
  if (option) return option
  const named = attribute.type === 'select' ? 'select option' : 'status option'
  throw refuse(
    'value_not_found',
    `Cannot find ${attribute.type} attribute with ${named} title "${wanted}".`,
  )
}

function requireFreeTitle({ world }: Call, attribute: Attribute, wanted: string): void {
  if (!world.optionsOf(attribute.id).some((option) => option.title === wanted)) return
  const named = attribute.type === 'select' ? 'select option' : 'status'
  throw conflict('slug_conflict', `There is already another ${named} with the title "${wanted}".`)
}

function render({ world }: Call, attribute: Attribute, option: Option): object {
  return attribute.type === 'select' ? renderOption(world, option) : renderStatus(world, option)
}

// The values of one attribute of a record or an entry, past values included on request.
import { z } from 'zod'
import { isEnriched } from '../../values/enriched.ts'
import { renderValue } from '../../values/render.ts'
import { allValues, parentIdOf, type Holder } from '../../values/system-values.ts'
import type { Call } from '../requests/call.ts'
import { findAttributeOr404 } from './find.ts'
import { refuse } from '../requests/errors.ts'
import { page, pageOfQuery } from '../requests/pagination.ts'
import { readQuery } from '../requests/validation.ts'

const query = z.object({
  ...pageOfQuery({ byDefault: 500, most: 500 }),
  show_historic: z.enum(['true', 'false']).default('false'),
})

export function listValues(call: Call, holder: Holder): object {
  const wanted = readQuery(call, query)
  const slugOrId = call.params['attribute'] ?? ''
  const attribute = findAttributeOr404(call.world, parentIdOf(holder), slugOrId)
  const isHistoric = wanted.show_historic === 'true'
  if (isHistoric && isEnriched(attribute)) {
    const kind = attribute.type === 'interaction' ? 'a COMINT' : 'an enriched' // assumed: "enriched"
    throw refuse(
      'validation_type',
      `Cannot set show_historic param to true when querying ${kind} attribute.`,
    )
  }
  const values = allValues(call.world, [attribute], holder)[attribute.id] ?? []
  const chosen = isHistoric
    ? values.toSorted((a, b) => a.activeFrom - b.activeFrom)
    : values.filter((value) => value.activeUntil === null)
  return { data: page(chosen, wanted).map((value) => renderValue(call.world, attribute, value)) }
}

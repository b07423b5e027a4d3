// The form that changes the time zone, which decides what "today" and "overdue" mean.
import { paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { formSummary, problemsIn, type FormRefusal } from './form-summary.ts'

export type TimeZoneForm = {
  readonly frame: AppFrame
  readonly timeZones: readonly string[]
  readonly refusal: FormRefusal | undefined
}

export function timeZoneForm({ frame, timeZones, refusal }: TimeZoneForm): Html {
  const current = frame.account.timeZone
  const problem = problemsIn(refusal).find(({ field }) => field === 'timeZone')
  return html`<section class="panel" aria-labelledby="time-zone-title">
    <h2 id="time-zone-title">Time zone</h2>
    <p>Used for Today and due times.</p>
    ${formSummary("Your time zone wasn't changed.", refusal, frame.now)}
    <form class="row" method="post" action="${paths.timeZone}">
      <div class="field">
        <label for="timeZone">Your time zone</label>
        ${
          problem === undefined
            ? ''
            : html`<p class="message" id="timeZone-problem">${problem.message}</p>`
        }
        <select
          id="timeZone"
          name="timeZone"
          ${
            problem === undefined
              ? ''
              : html`aria-invalid="true" aria-describedby="timeZone-problem"`
          }
        >
          ${groupByRegion(withCurrent(timeZones, current)).map(
            ([region, zones]) =>
              html`<optgroup label="${region}">
                ${zones.map(
                  (zone) =>
                    html`<option value="${zone}" ${zone === current ? html`selected` : ''}>
                      ${zone.replaceAll('_', ' ')}
                    </option>`,
                )}
              </optgroup>`,
          )}
        </select>
      </div>
      <button type="submit">Save time zone</button>
    </form>
  </section>`
}

function withCurrent(timeZones: readonly string[], current: string): readonly string[] {
  return timeZones.includes(current) ? timeZones : [current, ...timeZones]
}

function groupByRegion(timeZones: readonly string[]): readonly [string, readonly string[]][] {
  const regions = Map.groupBy(timeZones, (zone) =>
    zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'Universal',
  )
  return [...regions]
}

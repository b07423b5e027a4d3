// Renders a page once for all requests that ask for it at the same time.
import { createSemaphore } from '../../support/semaphore.ts'

export type RenderOnce<Page> = (place: string, render: () => Promise<Page>) => Promise<Page>

/** Returns a function that renders at most `atOnce` pages at a time. */
export function createRenderOnce<Page>(atOnce: number): RenderOnce<Page> {
  const semaphore = createSemaphore(atOnce)
  const underWay = new Map<string, Promise<Page>>()
  return (place, render) => {
    const other = underWay.get(place)
    if (other !== undefined) return other
    const rendering = semaphore.run(render).finally(() => underWay.delete(place))
    underWay.set(place, rendering)
    return rendering
  }
}

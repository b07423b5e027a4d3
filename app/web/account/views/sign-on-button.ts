// The button that logs in, or signs up, through the identity provider.
import { paths } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'

export type SignOnButton = {
  /** what people call the provider; undefined when there is none */
  readonly label: string | undefined
  readonly verb: 'Log in' | 'Sign up' | 'Link'
  /** the Taskr address to go to afterwards */
  readonly returnTo?: string | undefined
}

export function signOnButton({ label, returnTo, verb }: SignOnButton): Html {
  if (label === undefined) return html``
  return html`<form class="sign-on" method="post" action="${paths.signOn}">
    ${
      returnTo === undefined
        ? ''
        : html`<input type="hidden" name="returnTo" value="${returnTo}" />`
    }
    <button class="grow" type="submit">
      <span>${verb === 'Link' ? verb : `${verb} with`} <bdi>${label}</bdi></span>
    </button>
  </form>`
}

// The only place where text becomes HTML: parses responses of Taskr into an inert document. The content security policy
// names this Trusted Types policy.

declare global {
  interface Window {
    /** Trusted Types, if the browser supports them. A policy returns an object that represents a text. */
    readonly trustedTypes?: { createPolicy(name: string, rules: HtmlRules): HtmlRules }
  }
}

type HtmlRules = { createHTML(text: string): string }

const policy = window.trustedTypes?.createPolicy('taskr', { createHTML: (text) => text })

export function parsePage(text: string): Document {
  const trusted = policy === undefined ? text : policy.createHTML(text)
  return new DOMParser().parseFromString(trusted, 'text/html')
}

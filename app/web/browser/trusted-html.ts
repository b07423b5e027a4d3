// The only place where text becomes HTML: answers of our own server, parsed into a document that runs
// nothing. The policy's name is declared in the content security policy.

declare global {
  interface Window {
    /** Trusted Types, where the browser has them. What a policy makes is an object that stands for a text. */
    readonly trustedTypes?: { createPolicy(name: string, rules: HtmlRules): HtmlRules }
  }
}

type HtmlRules = { createHTML(text: string): string }

const policy = window.trustedTypes?.createPolicy('taskr', { createHTML: (text) => text })

export function parsePage(text: string): Document {
  const trusted = policy === undefined ? text : policy.createHTML(text)
  return new DOMParser().parseFromString(trusted, 'text/html')
}

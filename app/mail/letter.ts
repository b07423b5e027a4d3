// A letter: what a mail says, and its two forms, text and HTML. Both are made when the mail is sent.
import { z } from 'zod'

export const letterSchema = z.object({
  to: z.string(),
  subject: z.string(),
  paragraphs: z.array(z.string()).readonly(),
  /** The one thing to do. Its address may hold a secret. */
  action: z.object({ label: z.string(), address: z.string() }).optional(),
  /** The text after the action. */
  after: z.array(z.string()).readonly().optional(),
})

export type Letter = z.output<typeof letterSchema>

export function letterAsText({ paragraphs, action, after = [] }: Letter): string {
  const middle = action === undefined ? [] : [`${action.label}:\n${action.address}`]
  return `${[...paragraphs, ...middle, ...after].join('\n\n')}\n`
}

/** Mail programs know little CSS and no stylesheets, so the few styles are inline. */
export function letterAsHtml({ subject, paragraphs, action, after = [] }: Letter): string {
  const middle =
    action === undefined
      ? []
      : [
          `<p><a href="${escape(action.address)}" style="${buttonStyle}">${escape(action.label)}</a></p>`,
          `<p style="font-size:13px">Or open this address:<br>${escape(action.address)}</p>`,
        ]
  const body = [...paragraphs.map(paragraph), ...middle, ...after.map(paragraph)]
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>${escape(subject)}</title></head>`,
    `<body style="${bodyStyle}">`,
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const bodyStyle =
  'font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:34em;overflow-wrap:anywhere'
const buttonStyle =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#3b5bdb;color:#ffffff;text-decoration:none'

function paragraph(text: string): string {
  return `<p>${escape(text)}</p>`
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => references[character] ?? '')
}

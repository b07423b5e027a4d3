// Shows a toast in the live region, with Undo where possible.

let said = 0

export function say(text: string, { undo }: { readonly undo?: () => void } = {}): void {
  const region = document.querySelector('#toasts')
  if (region === null) return
  const box = document.createElement('div')
  box.className = 'toast'
  // Another toast takes its place, rather than being made of it.
  said += 1
  box.id = `toast-said-${said}`
  box.dataset['kind'] = 'said'
  const words = document.createElement('p')
  words.textContent = text
  box.append(words)
  if (undo !== undefined) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Undo'
    button.setAttribute('aria-keyshortcuts', 'z')
    button.addEventListener('click', undo)
    box.append(button)
  }
  box.append(dismissButton())
  region.replaceChildren(box)
}

function dismissButton(): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'dismiss'
  button.setAttribute('aria-label', 'Dismiss')
  button.dataset['dismiss'] = ''
  button.textContent = '✕'
  return button
}

// A button in every password field that shows what was typed. Before it is sent the field hides it again,
// so that no browser remembers it as ordinary text.

export function addShowPasswordButtons(): void {
  for (const field of document.querySelectorAll('input[data-show-password]')) {
    if (!(field instanceof HTMLInputElement)) continue
    if (field.nextElementSibling instanceof HTMLButtonElement) continue
    const label = field.dataset['showPassword'] ?? 'password'
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'quiet'
    const show = (isShown: boolean) => {
      field.type = isShown ? 'text' : 'password'
      button.textContent = isShown ? 'Hide' : 'Show'
      button.setAttribute('aria-label', `${button.textContent} ${label}`)
    }
    button.addEventListener('click', () => show(field.type === 'password'))
    field.form?.addEventListener('submit', () => show(false))
    field.after(button)
    show(false)
  }
}

// Adds a button to every password field that shows the password. The field hides it again before it is sent, so that
// browsers do not remember it as ordinary text.

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

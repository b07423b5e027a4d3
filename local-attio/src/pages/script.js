// The pages' only JavaScript: buttons that copy a field's text. They stay hidden until this runs, so
// that no button is without effect.
for (const button of document.querySelectorAll('button[data-copies]')) {
  const source = document.getElementById(button.getAttribute('data-copies') ?? '')
  const label = button.textContent
  if (!source) continue
  button.removeAttribute('hidden')
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(textOf(source)).then(
      () => say(button, 'Copied', label),
      () => {
        // Copying is not allowed: select the text, so that the keyboard can copy it.
        getSelection()?.selectAllChildren(source)
        if (source instanceof HTMLInputElement) source.select()
        say(button, 'Selected', label)
      },
    )
  })
}

/** @param {HTMLElement} source */
function textOf(source) {
  return source instanceof HTMLInputElement ? source.value : source.textContent
}

/**
 * @param {Element} button
 * @param {string} word
 * @param {string} label
 */
function say(button, word, label) {
  button.textContent = word
  setTimeout(() => {
    button.textContent = label
  }, 2000)
}

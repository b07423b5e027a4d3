// Says something in the region that is read out.

export function say(text: string): void {
  const region = document.querySelector('#notices')
  if (region === null) return
  const box = document.createElement('div')
  box.className = 'notice'
  const words = document.createElement('p')
  words.textContent = text
  box.append(words)
  region.replaceChildren(box)
}

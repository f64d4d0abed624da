const painted = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linejoin',
  'stroke-opacity',
  'paint-order',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const

/** A drawing as a file of its own: every colour and letter written out, its tools and hit areas left behind. */
export function svgText(drawing: SVGSVGElement, title: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const originals = [drawing, ...drawing.querySelectorAll<SVGElement>('*')]
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  originals.forEach((original, index) => {
    const style = getComputedStyle(original)
    const target = copies[index]!
    for (const property of painted) {
      const value = style.getPropertyValue(property)
      // A paint server is named relative to the page in computed style; the attribute already names it rightly.
      if (value && !value.startsWith('url(')) target.setAttribute(property, value)
    }
    target.removeAttribute('class')
    target.removeAttribute('tabindex')
  })
  for (const hit of copy.querySelectorAll('[data-point]')) hit.remove()
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title')
  name.textContent = title
  copy.prepend(name)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(drawing.viewBox.baseVal.width))
  copy.style.background = getComputedStyle(document.body).backgroundColor
  return new XMLSerializer().serializeToString(copy)
}

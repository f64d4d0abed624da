/** An empty part among many, in one line: what would stand here comes after what is so now. */
export function Nothing({ title, help }: { title: string; help: string }) {
  return (
    <p>
      {title} <span className="cs-quiet">{help}</span>
    </p>
  )
}

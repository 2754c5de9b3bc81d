/**
 * `<a href="…" data-cap="project-card" data-cap-project-id="…">` becomes that element, with the link as its fallback.
 *
 * @param tags - The elements that there are.
 */
export function upgrade(link: Element, tags: readonly string[]): void {
  const tag = `cap-${link.getAttribute('data-cap') ?? ''}`;
  const element = document.createElement(tag);
  for (const { name, value } of [...link.attributes]) {
    if (!/^data-cap(-|$)/.test(name)) continue;
    link.removeAttribute(name);
    const own = name.slice('data-cap-'.length);
    // Editors that filter what is pasted let `data-` pass: nothing that could run or restyle may come in by it.
    if (/^(?!on|style$|is$|id$|slot$|part$|tabindex$|autofocus$)[a-z-]+$/.test(own)) element.setAttribute(own, value);
  }
  if (tags.includes(tag)) {
    link.replaceWith(element);
    element.append(link);
    // Another pass may have taken the name off before.
  } else if (tag !== 'cap-')
    console.warn(
      `[cap-widgets] data-cap="${tag.slice(4)}" is no widget. There are: ${tags.join(', ').replaceAll('cap-', '')}.`,
    );
}

import type { XmlElement } from './tree.ts';

export function elements(parent: XmlElement): XmlElement[] {
  return parent.children.filter((node): node is XmlElement => node.kind === 'element');
}

/** Child elements of this name. */
export function children(parent: XmlElement | undefined, name: string): XmlElement[] {
  return parent === undefined ? [] : elements(parent).filter((element) => element.name === name);
}

/** The first child element of this name. */
export function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return children(parent, name)[0];
}

/** The first child element of this name in any letter case (hand-made files differ). */
export function childAnyCase(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return (
    child(parent, name) ??
    (parent && elements(parent).find((element) => element.name.toLowerCase() === name.toLowerCase()))
  );
}

/** The element at the end of a path of child names. */
export function descend(parent: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((here, name) => child(here, name), parent);
}

/** Every element of this name below, in document order. */
export function* descendants(parent: XmlElement, name: string): Generator<XmlElement> {
  for (const element of elements(parent)) {
    if (element.name === name) yield element;
    yield* descendants(element, name);
  }
}

/** All text inside, without leading and trailing white space. */
export function text(element: XmlElement | undefined): string {
  return element === undefined ? '' : innerText(element).trim();
}

function innerText(element: XmlElement): string {
  return element.children
    .map((node) => {
      if (node.kind === 'element') return innerText(node);
      return node.kind === 'text' || node.kind === 'cdata' ? node.text : '';
    })
    .join('');
}

/** The text of a child element; empty when there is none. */
export function childText(parent: XmlElement | undefined, name: string): string {
  return text(child(parent, name));
}

/** An attribute in any letter case (`id` and `Id` both occur). */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  if (element === undefined) return undefined;
  const exact = element.attributes.get(name);
  if (exact !== undefined) return exact;
  for (const [key, value] of element.attributes) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

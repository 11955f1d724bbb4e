/** What stands inside an element, in the order of the file. */
export type XmlNode = XmlElement | XmlText | XmlComment | XmlInstruction;

/** An element of the ordered tree solution files are read into; order and text are kept as they were. */
export interface XmlElement {
  readonly kind: 'element';
  name: string;
  /** In the order they stood; `setAttribute` changes them. */
  attributes: ReadonlyMap<string, string>;
  children: XmlNode[];
}

export interface XmlText {
  readonly kind: 'text' | 'cdata';
  text: string;
}

export interface XmlComment {
  readonly kind: 'comment';
  text: string;
}

/** `<?target text?>`; the XML declaration is none. */
export interface XmlInstruction {
  readonly kind: 'instruction';
  target: string;
  text: string;
}

/** What most elements have: one map for all of them. */
export const noAttributes: ReadonlyMap<string, string> = new Map();

/** Changes or adds an attribute; without a value it is taken away. */
export function setAttribute(element: XmlElement, name: string, value: string | undefined): void {
  const attributes = new Map(element.attributes);
  if (value === undefined) attributes.delete(name);
  else attributes.set(name, value);
  element.attributes = attributes;
}

/** Makes an element; a string becomes a text node. */
export function xmlElement(
  name: string,
  attributes: Record<string, string> = {},
  children: (XmlNode | string)[] = [],
): XmlElement {
  const nodes = children.map((node): XmlNode => (typeof node === 'string' ? { kind: 'text', text: node } : node));
  return { kind: 'element', name, attributes: new Map(Object.entries(attributes)), children: nodes };
}

/** Where an element begins. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Places of elements that were read; elements made by us have none. */
export type Places = WeakMap<XmlElement, Place>;

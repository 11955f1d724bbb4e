import { child, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import type { Label } from '../metadata/model.ts';

/** An element with a text. */
export const textNode = (name: string, value: string | number | boolean): XmlElement =>
  xmlElement(name, {}, value === '' ? [] : [typeof value === 'boolean' ? (value ? '1' : '0') : String(value)]);

/** Puts an element in the place of the one of its name; behind the others where there is none. */
export function setChild(parent: XmlElement, node: XmlElement): void {
  const there = child(parent, node.name);
  if (there === undefined) parent.children.push(node);
  else parent.children[parent.children.indexOf(there)] = node;
}

export const setText = (parent: XmlElement, name: string, value: string | number | boolean) =>
  setChild(parent, textNode(name, value));

export const dropChild = (parent: XmlElement, name: string) =>
  void (parent.children = parent.children.filter((one) => one.kind !== 'element' || one.name !== name));

/** `LocalizedNames` of `LocalizedName`s and its like: one text per language. */
export const labelsNode = (list: string, item: string, label: Label): XmlElement =>
  xmlElement(
    list,
    {},
    Object.entries(label).map(([language, text]) => xmlElement(item, { description: text, languagecode: language })),
  );

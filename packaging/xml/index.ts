export { normalized, type NormalizedXml } from './normalized.ts';
export { parseXml } from './parse.ts';
export { attribute, child, childAnyCase, children, childText, descend, descendants, elements, text } from './select.ts';
export {
  noAttributes,
  setAttribute,
  xmlElement,
  type Place,
  type Places,
  type XmlComment,
  type XmlElement,
  type XmlInstruction,
  type XmlNode,
  type XmlText,
} from './tree.ts';
export { writeXml, type WriteXmlOptions } from './write.ts';

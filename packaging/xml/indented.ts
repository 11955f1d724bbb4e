import type { XmlElement, XmlNode } from './tree.ts';

const isBlank = (node: XmlNode) => node.kind === 'text' && node.text.trim() === '';
const isText = (node: XmlNode) => (node.kind === 'text' || node.kind === 'cdata') && !isBlank(node);

/**
 * A copy with two blanks for every level. White space counts where there is text, so an element that holds any is left
 * as it is, and so is a leaf; doing it twice changes nothing.
 */
export function indented(element: XmlElement, depth = 0): XmlElement {
  const inner = element.children.filter((node) => !isBlank(node));
  if (inner.length === 0 || inner.some(isText)) return element;
  const line = (level: number): XmlNode => ({ kind: 'text', text: `\n${'  '.repeat(level)}` });
  const lines = inner.flatMap((node) => [line(depth + 1), node.kind === 'element' ? indented(node, depth + 1) : node]);
  return { ...element, children: [...lines, line(depth)] };
}

import { SaxesParser } from 'saxes';

/** An element of a FetchXML query; text is kept because `<value>` holds it. */
export interface FetchElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: FetchElement[];
  text: string;
}

/** @throws Error with the reason when the text is not well-formed or has a DTD */
export function readXml(text: string): FetchElement {
  const parser = new SaxesParser();
  const stack: FetchElement[] = [];
  let root: FetchElement | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a document type declaration is not allowed');
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: FetchElement = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    stack.at(-1)?.children.push(element);
    root ??= element;
    stack.push(element);
  });
  parser.on('text', (value) => {
    const here = stack.at(-1);
    if (here !== undefined) here.text += value;
  });
  parser.on('closetag', () => void stack.pop());
  parser.write(text).close();
  if (root === undefined) throw new Error('there is no element');
  return root;
}

import { attribute, children, xmlElement, setAttribute, type XmlElement } from '../xml/index.ts';

/** The texts of one thing: an element that holds one child for each language. */
export interface LabelSet {
  /** What the texts are called in a resource file, e.g. `1:displayname,ora_Boxora_Size`. */
  readonly key: string;
  /** Tells translators what they have before them. */
  readonly comment: string;
  readonly holder: XmlElement;
  /** Name of the children, e.g. `displayname`. */
  readonly label: string;
  /** Of a cell of a form, which without a text shows the label of its column. */
  readonly isOfCell?: true;
}

/** Texts by language (Windows locale id). */
export type Texts = ReadonlyMap<number, string>;

/** Site maps call language and text `LCID` and as the label is called; all else `languagecode` and `description`. */
const writtenAs = (label: XmlElement) =>
  attribute(label, 'LCID') === undefined
    ? { language: 'languagecode', text: 'description' }
    : { language: 'LCID', text: label.name };

const languageOfLabel = (label: XmlElement) => Number(attribute(label, writtenAs(label).language));
const labelsOf = ({ holder, label }: LabelSet) =>
  children(holder, label).filter((one) => Number.isInteger(languageOfLabel(one)));

export function textsOf(set: LabelSet): Texts {
  const texts = new Map<number, string>();
  for (const label of labelsOf(set)) {
    const language = languageOfLabel(label);
    if (!texts.has(language)) texts.set(language, attribute(label, writtenAs(label).text) ?? '');
  }
  return texts;
}

/** Gives the set this text in this language, after the texts it has. */
export function setText(set: LabelSet, language: number, text: string): void {
  const present = labelsOf(set);
  const own = present.find((label) => languageOfLabel(label) === language);
  if (own !== undefined) return void setAttribute(own, writtenAs(own).text, text);
  const last = present.at(-1);
  if (last === undefined) return;
  const names = writtenAs(last);
  // In the order in which the others have their attributes.
  const values: Record<string, string> = { [names.language]: String(language), [names.text]: text };
  const order = [...last.attributes.keys()].filter((name) => name in values);
  const added = xmlElement(set.label, Object.fromEntries(order.map((name) => [name, values[name]!])));
  set.holder.children.splice(set.holder.children.indexOf(last) + 1, 0, added);
}

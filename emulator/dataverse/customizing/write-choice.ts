import { attribute, child, elements, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { Label } from '../metadata/model.ts';
import { labelOf, listOf, objectOf, textOf, wholeOf, isNamed, type Sent } from './definition-values.ts';
import { labelsNode, setChild, textNode } from './nodes.ts';

/** How an option is written. */
interface OptionParts {
  readonly value: number;
  readonly label: Label;
  readonly description?: Label;
  readonly color?: string;
  readonly external?: string;
  readonly isHidden?: boolean;
  /** Of a status reason. */
  readonly state?: number;
}

export function optionNode({ value, label, description, color, external, isHidden, state }: OptionParts): XmlElement {
  const described = description === undefined || !isNamed(description);
  return xmlElement(
    state === undefined ? 'option' : 'status',
    {
      value: String(value),
      ...(state === undefined ? { ExternalValue: external ?? '' } : { state: String(state) }),
      ...(color === undefined ? {} : { Color: color }),
      ...(isHidden === true ? { IsHidden: '1' } : {}),
    },
    [
      labelsNode('labels', 'label', label),
      ...(described ? [] : [labelsNode('Descriptions', 'Description', description)]),
    ],
  );
}

/** Reads one `OptionMetadata`; its value may be left out. @throws Fault for one without a label */
export function readOption(
  sent: Sent,
  place: string,
): Omit<OptionParts, 'value'> & { readonly value: number | undefined } {
  const label = labelOf(sent, 'Label');
  if (!isNamed(label)) throw faults.invalidArgument(`An option of ${place} has no label.`);
  return {
    value: wholeOf(sent, 'Value'),
    label,
    description: labelOf(sent, 'Description'),
    color: textOf(sent, 'Color'),
    external: textOf(sent, 'ExternalValue'),
    isHidden: sent['IsHidden'] === true,
  };
}

/** Options of a choice; those without a value get the next with the prefix of the publisher. */
export function readOptions(options: readonly Sent[], place: string, prefix: number): OptionParts[] {
  const given = options.map((option) => readOption(option, place));
  const taken = new Set<number>();
  for (const { value } of given) {
    if (value === undefined) continue;
    if (taken.has(value)) throw faults.optionTaken(value);
    taken.add(value);
  }
  return given.map((option) => {
    const value = option.value ?? nextValue(taken, prefix);
    taken.add(value);
    return { ...option, value };
  });
}

/** The first value with the publisher's prefix that no option has. */
export function nextValue(taken: ReadonlySet<number>, prefix: number): number {
  let value = prefix * 10_000;
  while (taken.has(value)) value += 1;
  return value;
}

interface ChoiceParts {
  readonly name: string;
  readonly type: 'picklist' | 'bit';
  readonly isGlobal: boolean;
  readonly label: Label;
  readonly description: Label;
  readonly version: string;
  readonly options: readonly OptionParts[];
}

export function choiceNode({ name, type, isGlobal, label, description, version, options }: ChoiceParts): XmlElement {
  return xmlElement('optionset', isGlobal ? { Name: name, localizedName: firstText(label) } : { Name: name }, [
    textNode('OptionSetType', type),
    ...(isGlobal ? [textNode('IsGlobal', '1')] : []),
    textNode('IntroducedVersion', version),
    textNode('IsCustomizable', '1'),
    labelsNode('displaynames', 'displayname', label),
    labelsNode('Descriptions', 'Description', description),
    xmlElement('options', {}, options.map(optionNode)),
  ]);
}

export const firstText = (label: Label) => label[1033] ?? Object.values(label)[0] ?? '';

/** The two options of a yes/no column. */
export function yesNoOptions(sent: Sent | undefined): OptionParts[] {
  const option = (property: string, value: number, otherwise: string): OptionParts => {
    const given = sent === undefined ? undefined : objectOf(sent, property);
    if (given === undefined) return { value, label: { 1033: otherwise } };
    return { ...readOption(given, `'${property}'`), value };
  };
  return [option('TrueOption', 1, 'Yes'), option('FalseOption', 0, 'No')];
}

/** The list inside an `optionset`: `options`, `states` or `statuses`. */
export const listIn = (choice: XmlElement): XmlElement => {
  const list = child(choice, 'options') ?? child(choice, 'statuses') ?? child(choice, 'states');
  if (list !== undefined) return list;
  const made = xmlElement('options');
  setChild(choice, made);
  return made;
};

export const optionIn = (choice: XmlElement, value: number): XmlElement | undefined =>
  elements(listIn(choice)).find((one) => Number(attribute(one, 'value')) === value);

export const valuesIn = (choice: XmlElement): number[] =>
  elements(listIn(choice)).map((one) => Number(attribute(one, 'value')));

/** The options of a choice's definition. */
export const optionsOf = (sent: Sent | undefined): Sent[] =>
  sent === undefined ? [] : (listOf(sent, 'Options') ?? []);

import { attribute, child, childText, elements, type XmlElement } from '../../../packaging/index.ts';
import type { Choice, ChoiceOption } from '../metadata/model.ts';
import { stableId } from '../metadata/stable-id.ts';
import { readChildLabels } from './read-labels.ts';

/** Reads an `optionset` node: a global choice, or the local one of a column. */
export function readChoice(node: XmlElement): Choice {
  const name = attribute(node, 'Name') ?? '';
  const list = child(node, 'options') ?? child(node, 'states') ?? child(node, 'statuses');
  return {
    name,
    isGlobal: childText(node, 'IsGlobal') === '1',
    metadataId: stableId('choice', name),
    label: readChildLabels(node, 'displaynames'),
    options: list === undefined ? [] : elements(list).map(readOption),
  };
}

function readOption(option: XmlElement): ChoiceOption {
  const number = (name: string) =>
    attribute(option, name) === undefined ? undefined : Number(attribute(option, name));
  return {
    value: number('value')!,
    label: readChildLabels(option, 'labels'),
    color: attribute(option, 'Color') || undefined,
    externalName: attribute(option, 'ExternalValue') || undefined,
    state: number('state'),
    defaultStatus: number('defaultstatus'),
    invariantName: attribute(option, 'invariantname'),
  };
}

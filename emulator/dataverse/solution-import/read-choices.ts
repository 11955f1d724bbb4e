import { attribute, child, childText, descendants, elements, type XmlElement } from '../../../packaging/index.ts';
import type { Choice, ChoiceOption } from '../metadata/model.ts';
import { stableId } from '../metadata/stable-id.ts';
import { requireName } from './names.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

/** Reads an `optionset` node: a global choice, or the local one of a column. */
export function readChoice(node: XmlElement): Choice {
  const name = attribute(node, 'Name') ?? '';
  requireName(name, `choice '${name}'`);
  const list = child(node, 'options') ?? child(node, 'states') ?? child(node, 'statuses');
  return {
    name,
    isGlobal: childText(node, 'IsGlobal') === '1',
    metadataId: stableId('choice', name),
    label: readChildLabels(node, 'displaynames'),
    description: readChildLabels(node, 'Descriptions'),
    isManaged: true,
    options: list === undefined ? [] : elements(list).map((option) => readOption(option, name)),
  };
}

function readOption(option: XmlElement, choice: string): ChoiceOption {
  const number = (name: string) =>
    attribute(option, name) === undefined ? undefined : Number(attribute(option, name));
  const value = number('value');
  if (value === undefined || !Number.isInteger(value))
    throw refusal('badSchema', `The choice '${choice}' has an option without a whole number as value.`);
  return {
    value,
    label: readChildLabels(option, 'labels'),
    description: readChildLabels(option, 'Descriptions'),
    isHidden: attribute(option, 'IsHidden') === '1',
    color: attribute(option, 'Color') || undefined,
    externalName: attribute(option, 'ExternalValue') || undefined,
    state: number('state'),
    defaultStatus: number('defaultstatus'),
    invariantName: attribute(option, 'invariantname'),
    ...transitionsOf(option),
  };
}

/** Decided: `allowedtransition` elements anywhere below the status; where a package keeps them is not documented. */
function transitionsOf(option: XmlElement): Pick<ChoiceOption, 'transitions'> {
  const transitions = [...descendants(option, 'allowedtransition')].map((one) => Number(attribute(one, 'tostatusid')));
  return transitions.length === 0 ? {} : { transitions };
}

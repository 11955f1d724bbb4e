import { labelDefinition } from './labels.ts';
import { managedProperty, type Definition } from './managed-property.ts';
import type { Choice, ChoiceOption, ColumnMetadata } from './model.ts';

/** `OptionSetMetadata` of a choice. */
export function choiceDefinition(choice: Choice, type = 'Picklist'): Definition {
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.OptionSetMetadata',
    ...commonDefinition(choice, type),
    Options: choice.options.map((option) => optionDefinition(option, choice)),
    ParentOptionSetName: null,
  };
}

/** `BooleanOptionSetMetadata` of a yes/no column's two labels. */
function yesNoDefinition(choice: Choice): Definition {
  const option = (value: number) => {
    const found = choice.options.find((one) => one.value === value);
    return found === undefined ? null : optionDefinition(found, choice);
  };
  return { ...commonDefinition(choice, 'Boolean'), TrueOption: option(1), FalseOption: option(0) };
}

function commonDefinition(choice: Choice, type: string): Definition {
  return {
    MetadataId: choice.metadataId,
    HasChanged: null,
    Name: choice.name,
    IsGlobal: choice.isGlobal,
    IsCustomOptionSet: choice.name.includes('_'),
    IsManaged: choice.isManaged,
    IntroducedVersion: '1.0',
    ExternalTypeName: null,
    OptionSetType: type,
    DisplayName: labelDefinition(choice.label, choice.metadataId, choice.isManaged),
    Description: labelDefinition(choice.description ?? {}, choice.metadataId, choice.isManaged),
    IsCustomizable: managedProperty(true, 'iscustomizable'),
  };
}

function optionDefinition(option: ChoiceOption, choice: Choice): Definition {
  const { state, defaultStatus } = option;
  const kind = state !== undefined ? 'Status' : defaultStatus !== undefined ? 'State' : undefined;
  return {
    ...(kind === undefined ? {} : { '@odata.type': `#Microsoft.Dynamics.CRM.${kind}OptionMetadata` }),
    Value: option.value,
    Color: option.color ?? null,
    ExternalValue: option.externalName ?? null,
    IsManaged: choice.isManaged,
    IsHidden: option.isHidden ?? false,
    ParentValues: [],
    MetadataId: null,
    HasChanged: null,
    Label: labelDefinition(option.label, choice.metadataId, choice.isManaged),
    Description: labelDefinition(option.description ?? {}, choice.metadataId, choice.isManaged),
    ...(kind === 'Status' ? { State: state, TransitionData: transitionData(option) } : {}),
    ...(kind === 'State' ? { DefaultStatus: defaultStatus, InvariantName: option.invariantName ?? null } : {}),
  };
}

/** As the platform writes it; null where any status may follow. */
function transitionData({ value, transitions }: ChoiceOption): string | null {
  if (transitions === undefined) return null;
  const allowed = transitions.map((to) => `<allowedtransition sourcestatusid="${value}" tostatusid="${to}" />`);
  return `<allowedtransitions xmlns="http://schemas.microsoft.com/crm/2009/WebServices">${allowed.join('')}</allowedtransitions>`;
}

/**
 * What `OptionSet` and `GlobalOptionSet` of a column expand to.
 *
 * Decided: a global choice fills both, so that clients that read either get the options.
 */
export function choicesOf({ choice, attributeType }: ColumnMetadata): {
  OptionSet: Definition | null;
  GlobalOptionSet: Definition | null;
} {
  if (choice === undefined) return { OptionSet: null, GlobalOptionSet: null };
  const type = attributeType === 'State' || attributeType === 'Status' ? attributeType : 'Picklist';
  const definition = attributeType === 'Boolean' ? yesNoDefinition(choice) : choiceDefinition(choice, type);
  return { OptionSet: definition, GlobalOptionSet: choice.isGlobal ? definition : null };
}

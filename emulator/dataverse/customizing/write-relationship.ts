import { attribute, child, childText, children, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import type { Label } from '../metadata/model.ts';
import { booleanOf, labelOf, objectOf, textOf, valueOf, wholeOf, type Sent } from './definition-values.ts';
import { dropChild, setChild, setText, textNode } from './nodes.ts';

/** Cascades in the order of a package, and what each is where a definition does not say. */
const cascades = {
  Assign: 'NoCascade',
  Delete: 'RemoveLink',
  Archive: 'RemoveLink',
  Reparent: 'NoCascade',
  Share: 'NoCascade',
  Unshare: 'NoCascade',
  RollupView: 'NoCascade',
} as const;

const kinds: readonly string[] = ['NoCascade', 'Cascade', 'Active', 'UserOwned', 'RemoveLink', 'Restrict'];

interface OneToManyParts {
  readonly name: string;
  /** Schema names. */
  readonly referencing: string;
  readonly referenced: string;
  readonly column: string;
  readonly referencingNavigation: string;
  readonly referencedNavigation: string;
  readonly version: string;
  readonly cascade?: Partial<Record<keyof typeof cascades, string>>;
}

export function oneToManyNode(parts: OneToManyParts): XmlElement {
  const cascade = { ...cascades, ...parts.cascade };
  return xmlElement('EntityRelationship', { Name: parts.name }, [
    textNode('EntityRelationshipType', 'OneToMany'),
    textNode('IsCustomizable', '1'),
    textNode('IntroducedVersion', parts.version),
    textNode('IsHierarchical', '0'),
    textNode('ReferencingEntityName', parts.referencing),
    textNode('ReferencedEntityName', parts.referenced),
    ...Object.entries(cascade).map(([name, kind]) => textNode(`Cascade${name}`, kind)),
    textNode('IsValidForAdvancedFind', '1'),
    textNode('ReferencingAttributeName', parts.column),
    described(),
    xmlElement('EntityRelationshipRoles', {}, [
      xmlElement('EntityRelationshipRole', {}, [
        textNode('NavPaneDisplayOption', 'UseCollectionName'),
        textNode('NavPaneArea', 'Details'),
        textNode('NavPaneOrder', '10000'),
        textNode('NavigationPropertyName', parts.referencingNavigation),
        textNode('RelationshipRoleType', '1'),
      ]),
      xmlElement('EntityRelationshipRole', {}, [
        textNode('NavigationPropertyName', parts.referencedNavigation),
        textNode('RelationshipRoleType', '0'),
      ]),
    ]),
  ]);
}

const described = () =>
  xmlElement('RelationshipDescription', {}, [
    xmlElement('Descriptions', {}, [xmlElement('Description', { description: '', languagecode: '1033' })]),
  ]);

interface ManyToManyParts {
  readonly name: string;
  readonly first: string;
  readonly second: string;
  readonly intersect: string;
  readonly firstNavigation: string;
  readonly secondNavigation: string;
  readonly version: string;
}

export function manyToManyNode(parts: ManyToManyParts): XmlElement {
  const role = (navigation: string, ordinal: string) =>
    xmlElement('EntityRelationshipRole', {}, [
      textNode('NavPaneDisplayOption', 'UseCollectionName'),
      textNode('NavPaneArea', 'Details'),
      textNode('NavPaneOrder', '10000'),
      textNode('NavigationPropertyName', navigation),
      textNode('AssociationRoleOrdinal', ordinal),
    ]);
  return xmlElement('EntityRelationship', { Name: parts.name }, [
    textNode('EntityRelationshipType', 'ManyToMany'),
    textNode('IsCustomizable', '1'),
    textNode('IntroducedVersion', parts.version),
    textNode('IsHierarchical', '0'),
    textNode('FirstEntityName', parts.first),
    textNode('SecondEntityName', parts.second),
    textNode('IntersectEntityName', parts.intersect),
    textNode('IsValidForAdvancedFind', '1'),
    described(),
    xmlElement('EntityRelationshipRoles', {}, [role(parts.firstNavigation, '1'), role(parts.secondNavigation, '2')]),
  ]);
}

/** Writes what a definition says of a relationship into its node; what it does not say stays. */
export function writeRelationship(node: XmlElement, sent: Sent, merges: boolean): void {
  const cascade = objectOf(sent, 'CascadeConfiguration') ?? {};
  for (const name of Object.keys(cascades)) {
    const kind = textOf(cascade, name);
    if (kind === undefined) continue;
    if (!kinds.includes(kind)) throw faults.invalidArgument(`'${kind}' is no CascadeType of the cascade '${name}'.`);
    setText(node, `Cascade${name}`, kind);
  }
  const [searchable, hierarchical] = [booleanOf(sent, 'IsValidForAdvancedFind'), booleanOf(sent, 'IsHierarchical')];
  if (searchable !== undefined) setText(node, 'IsValidForAdvancedFind', searchable);
  if (hierarchical === true && childText(node, 'ReferencingEntityName') !== childText(node, 'ReferencedEntityName'))
    throw faults.invalidArgument(
      'This relationship is not self-referential and therefore cannot be made hierarchical.',
    );
  if (hierarchical !== undefined) setText(node, 'IsHierarchical', hierarchical);
  const customizable = valueOf(sent, 'IsCustomizable');
  if (typeof customizable === 'boolean') setText(node, 'IsCustomizable', customizable);
  const roles = children(child(node, 'EntityRelationshipRoles'), 'EntityRelationshipRole');
  writeMenu(
    roles[0],
    objectOf(sent, 'AssociatedMenuConfiguration') ?? objectOf(sent, 'Entity1AssociatedMenuConfiguration'),
    merges,
  );
  writeMenu(roles[1], objectOf(sent, 'Entity2AssociatedMenuConfiguration'), merges);
}

const displays = ['UseCollectionName', 'UseLabel', 'DoNotDisplay'];

/** `AssociatedMenuConfiguration`. */
function writeMenu(role: XmlElement | undefined, menu: Sent | undefined, merges: boolean): void {
  if (role === undefined || menu === undefined) return;
  const display = textOf(menu, 'Behavior');
  if (display !== undefined && !displays.includes(display))
    throw faults.invalidArgument(`'${display}' is no AssociatedMenuBehavior.`);
  if (display !== undefined) setText(role, 'NavPaneDisplayOption', display);
  const [group, order] = [textOf(menu, 'Group'), wholeOf(menu, 'Order')];
  if (group !== undefined) setText(role, 'NavPaneArea', group);
  if (order !== undefined) setText(role, 'NavPaneOrder', order);
  const label = labelOf(menu, 'Label');
  if (childText(role, 'NavPaneDisplayOption') !== 'UseLabel') return dropChild(role, 'CustomLabels');
  if (label === undefined) return;
  const there = merges ? children(child(role, 'CustomLabels'), 'CustomLabel') : [];
  const kept = there.map((one) => [Number(attribute(one, 'languagecode')), attribute(one, 'description') ?? '']);
  const labels: Label = { ...(Object.fromEntries(kept) as Label), ...label };
  setChild(
    role,
    xmlElement(
      'CustomLabels',
      {},
      Object.entries(labels).map(([language, text]) =>
        xmlElement('CustomLabel', { description: text, languagecode: language }),
      ),
    ),
  );
}

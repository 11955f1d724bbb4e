import { xmlElement, type XmlElement } from '../../../packaging/index.ts';
import { textNode } from './nodes.ts';

/** Relationships of a new table with the platform's own: by name, the table and the column. */
export function systemRelationships(schemaName: string, isOwned: boolean, version: string): XmlElement[] {
  const table = schemaName.toLowerCase();
  const node = (name: string, referenced: string, column: string, onDelete = 'NoCascade') =>
    relationshipNode({ name, referencing: schemaName, referenced, column, onDelete, version });
  const always = [
    node(`lk_${table}_createdby`, 'SystemUser', 'CreatedBy'),
    node(`lk_${table}_modifiedby`, 'SystemUser', 'ModifiedBy'),
  ];
  if (!isOwned) return [...always, node(`organization_${table}`, 'Organization', 'OrganizationId')];
  return [
    ...always,
    node(`business_unit_${table}`, 'BusinessUnit', 'OwningBusinessUnit', 'Restrict'),
    node(`owner_${table}`, 'Owner', 'OwnerId'),
    node(`team_${table}`, 'Team', 'OwningTeam'),
    node(`user_${table}`, 'SystemUser', 'OwningUser'),
  ];
}

export const currencyRelationship = (schemaName: string, version: string): XmlElement =>
  relationshipNode({
    name: `TransactionCurrency_${schemaName.toLowerCase()}`,
    referencing: schemaName,
    referenced: 'TransactionCurrency',
    column: 'TransactionCurrencyId',
    onDelete: 'Restrict',
    version,
  });

interface SystemRelationship {
  readonly name: string;
  readonly referencing: string;
  readonly referenced: string;
  readonly column: string;
  readonly onDelete: string;
  readonly version: string;
}

function relationshipNode({
  name,
  referencing,
  referenced,
  column,
  onDelete,
  version,
}: SystemRelationship): XmlElement {
  const others = ['CascadeReparent', 'CascadeShare', 'CascadeUnshare'];
  return xmlElement('EntityRelationship', { Name: name }, [
    textNode('EntityRelationshipType', 'OneToMany'),
    textNode('IsCustomizable', '0'),
    textNode('IntroducedVersion', version),
    textNode('IsHierarchical', '0'),
    textNode('ReferencingEntityName', referencing),
    textNode('ReferencedEntityName', referenced),
    textNode('CascadeAssign', 'NoCascade'),
    textNode('CascadeDelete', onDelete),
    textNode('CascadeArchive', onDelete),
    ...others.map((cascade) => textNode(cascade, 'NoCascade')),
    textNode('ReferencingAttributeName', column),
    xmlElement('RelationshipDescription', {}, [
      xmlElement('Descriptions', {}, [xmlElement('Description', { description: '', languagecode: '1033' })]),
    ]),
  ]);
}

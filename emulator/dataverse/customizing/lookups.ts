import { faults } from '../faults.ts';
import { putInForce, type CustomizingCall } from './call.ts';
import { columnKinds } from './column-kinds.ts';
import { listOf, objectOf, textOf, type Sent } from './definition-values.ts';
import { requireSchemaName } from './open-solution.ts';
import { joinedRelationship, lookupColumn, relationshipParts, requireTable } from './relationships.ts';

interface MadeLookup {
  readonly AttributeId: string;
  readonly RelationshipIds: string[];
}

/** `CreateCustomerRelationships`: a lookup to accounts and contacts, one relationship each. */
export function createCustomerLookup(call: CustomizingCall, sent: Sent): MadeLookup {
  const targets = (listOf(sent, 'OneToManyRelationships') ?? []).map((one) => textOf(one, 'ReferencedEntity'));
  if (targets.length !== 2 || !targets.includes('account') || !targets.includes('contact'))
    throw faults.invalidArgument("A customer lookup needs two relationships, to 'account' and to 'contact'.");
  return createLookup(call, sent, 'Customer');
}

/** `CreatePolymorphicLookupAttribute`: a lookup to several tables, one relationship each. */
export const createPolymorphicLookup = (call: CustomizingCall, sent: Sent): MadeLookup =>
  createLookup(call, sent, 'Lookup');

function createLookup(call: CustomizingCall, sent: Sent, kind: 'Lookup' | 'Customer'): MadeLookup {
  const relationships = listOf(sent, 'OneToManyRelationships') ?? [];
  const lookup = objectOf(sent, 'Lookup');
  if (relationships.length === 0 || lookup === undefined)
    throw faults.invalidArgument("Invalid Argument: 'OneToManyRelationships' and 'Lookup' say what is created.");
  const tables = new Set(relationships.map((one) => textOf(one, 'ReferencingEntity')));
  if (tables.size !== 1) throw faults.invalidArgument('All relationships of a lookup have the same ReferencingEntity.');
  const referencing = requireTable(call, [...tables][0], 'ReferencingEntity');
  const column = requireSchemaName(call.database, textOf(lookup, 'SchemaName'), 'Attribute');
  const style = kind === 'Lookup' && relationships.length > 1 ? 'polymorphic' : 'single';
  const own = lookupColumn(call, referencing, { column, kind: columnKinds[kind]!, style }, lookup);
  const place = { referencing, column, isPolymorphic: true };
  const made = relationships.map((one) => relationshipParts(call, place, one));
  const names = made.map(({ name }) => name);
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length)
    throw faults.componentExists('relationship', names[0]!);
  putInForce(call, [own, ...made], [referencing.logicalName]);
  return {
    AttributeId: referencing.columns.get(column.toLowerCase())!.metadataId,
    RelationshipIds: names.map((name) => joinedRelationship(call, referencing, name).metadataId),
  };
}

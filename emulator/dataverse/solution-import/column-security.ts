import { attribute, child, childText, children, type XmlElement } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { putComponent, removeOthers } from './put-component.ts';
import { refusal } from './refusals.ts';

/** Imports column security profiles; importing one replaces its permissions. Members are not part of a package. */
export function importColumnSecurity(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'FieldSecurityProfiles'), 'FieldSecurityProfile')) {
    const id = plainId(attribute(node, 'fieldsecurityprofileid') ?? '');
    const name = attribute(node, 'name') ?? '';
    putComponent(call, 'fieldsecurityprofile', {
      fieldsecurityprofileid: id,
      fieldsecurityprofileidunique: id,
      name,
      description: attribute(node, 'description') || null,
      ismanaged: call.isManaged,
    });
    const permissions = children(child(node, 'FieldPermissions'), 'FieldPermission');
    const ids = new Set(permissions.map((permission) => importPermission(call, { id, name }, permission)));
    removeOthers(call, 'fieldpermission', { column: 'fieldsecurityprofileid', id }, ids);
  }
}

function importPermission(
  call: ImportCall,
  profile: { readonly id: string; readonly name: string },
  node: XmlElement,
): string {
  const tableName = childText(node, 'EntityName').toLowerCase();
  const columnName = childText(node, 'AttributeName').toLowerCase();
  const column = call.catalogue.table(tableName)?.columns.get(columnName);
  if (column?.isSecured !== true)
    throw refusal(
      'badFieldPermission',
      `The column security profile '${profile.name}' names '${tableName}.${columnName}', which is no secured column.`,
    );
  const allowed = (name: string) => (childText(node, name) === '4' ? 4 : 0);
  const fieldpermissionid = stableId('fieldpermission', profile.id, tableName, columnName);
  putComponent(call, 'fieldpermission', {
    fieldpermissionid,
    fieldsecurityprofileid: { table: 'fieldsecurityprofile', id: profile.id },
    entityname: tableName,
    attributelogicalname: columnName,
    canread: allowed('CanRead'),
    cancreate: allowed('CanCreate'),
    canupdate: allowed('CanUpdate'),
    ismanaged: call.isManaged,
  });
  return fieldpermissionid;
}

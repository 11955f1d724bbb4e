import type { Parameter } from './operation.ts';

/** What a parameter is called in `$metadata`. */
export const edmTypes: Readonly<Record<Parameter['type'], string>> = {
  boolean: 'Edm.Boolean',
  dateTime: 'Edm.DateTimeOffset',
  decimal: 'Edm.Decimal',
  entity: 'mscrm.crmbaseentity',
  entityCollection: 'Collection(mscrm.crmbaseentity)',
  entityReference: 'mscrm.crmbaseentity',
  float: 'Edm.Double',
  integer: 'Edm.Int32',
  money: 'Edm.Decimal',
  picklist: 'Edm.Int32',
  string: 'Edm.String',
  stringArray: 'Collection(Edm.String)',
  guid: 'Edm.Guid',
  enum: 'Edm.String',
  long: 'Edm.Int64',
  binary: 'Edm.Binary',
  pagingInfo: 'mscrm.PagingInfo',
  rolePrivileges: 'Collection(mscrm.RolePrivilege)',
};

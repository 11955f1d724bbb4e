import { Fault } from '../../kernel/index.ts';

/**
 * Why an import is refused, with the platform's codes.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
 */
export const refusalCodes = {
  badPackage: '0x80048060',
  badXml: '0x80048013',
  // Decided: also for what the schema of the platform would find: names, ranges, types that cannot change.
  badSchema: '0x8004801A',
  badSolutionName: '0x8004F002',
  badVersion: '0x8004F01E',
  lowerVersion: '0x80048541',
  badPrefix: '0x80044366',
  badOptionPrefix: '0x80048402',
  otherPublisher: '0x8004801C',
  managedMismatch: '0x80048038',
  unmanagedBase: '0x8004F016',
  upgradeRefused: '0x8004F046',
  nothingToPromote: '0x8004F046',
  uninstallBlocked: '0x8004F01D',
  missingComponent: '0x8004801F',
  undeclaredComponent: '0x8004803A',
  listedTwice: '0x80071153',
  missingDependency: '0x8004801D',
  // "An item with the same key has already been added": comes without a code of its own.
  sameKey: '0x80040216',

  tableNotFound: '0x80041102',
  columnNotFound: '0x80041103',
  incompleteTable: '0x80040203',
  columnPrefix: '0x80048062',
  textWithoutLength: '0x80040203',
  choiceMissing: '0x80048039',
  badKey: '0x8006089F',
  relationshipMissing: '0x80048548',
  customerRelationships: '0x80048051',
  relationshipName: '0x8004802A',
  relationshipCollides: '0x80048834',
  removeLinkOnRequired: '0x80048104',

  viewOfOtherTable: '0x80048004',
  badForm: '0x80048007',
  formTypeChanged: '0x80040242',
  badFormType: '0x8004E306',
  formRoleMissing: '0x8004F655',

  webResourceType: '0x8004F111',
  webResourceDuplicate: '0x8004F115',
  webResourceName: '0x8004F117',
  webResourcePrefix: '0x8004F118',
  webResourceExtension: '0x8004F119',
  webResourceFile: '0x8004F11A',
  badControl: '0x80160000',

  roleNameTaken: '0x80048017',
  badRolePrivilege: '0x80048018',
  unknownPrivilege: '0x80048058',
  badFieldPermission: '0x80048063',

  badFlow: '0x80060468',
  flowConnectionMissing: '0x80060474',
  badApp: '0x80050123',
  appWithoutSiteMap: '0x8005011C',
  badSiteMap: '0x8004F401',
  componentPrefix: '0x800608AD',
  requiredField: '0x80072002',
  badComponentFile: '0x80040216',
} as const;

export type Refusal = keyof typeof refusalCodes;

/** A refused import; the text names the component. */
export function refusal(name: Refusal, message: string, facts: Record<string, unknown> = {}): Fault {
  return new Fault(name, { code: refusalCodes[name], status: 400 }, message, facts);
}

import type { Setting } from './settings.ts';

const managed = (property: string, managedBy: string, otherwise: boolean): Setting => ({
  property,
  element: property,
  kind: 'managed',
  otherwise,
  managedBy,
});

/** What a column is switched to, in the order of a package. */
export const columnSettings: readonly Setting[] = [
  managed('IsAuditEnabled', 'canmodifyauditsettings', false),
  { property: 'IntroducedVersion', element: 'IntroducedVersion', kind: 'text', otherwise: '1.0' },
  managed('IsCustomizable', 'iscustomizable', true),
  managed('IsRenameable', 'isrenameable', true),
  managed('CanModifyAdditionalSettings', 'canmodifyadditionalsettings', true),
  managed('IsGlobalFilterEnabled', 'canmodifyglobalfiltersettings', false),
  managed('IsSortableEnabled', 'canmodifyissortablesettings', false),
];

/** What only some kinds of columns have. */
export const kindSettings = {
  ImeMode: { property: 'ImeMode', element: 'ImeMode', kind: 'text', otherwise: null },
  PrecisionSource: { property: 'PrecisionSource', element: 'AccuracySource', kind: 'number', otherwise: 0 },
} as const satisfies Record<string, Setting>;

/** `DisplayMask` of a package: where a column can be used. */
export const searchMask = 'ValidForAdvancedFind';

import type { EntityField } from '../contract.ts';
import { faults, refused } from '../faults.ts';
import { defineEntity, readOnly, type EntityDefinition, type EntityWriter } from './entity.ts';
import { readFields } from './fields.ts';

const long = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string', maxLength: 100_000 }));

/** What an administrator puts right by hand when the framework has lost its way. */
const editable = new Set(['ExternalEnvironmentUrl', 'IsDebugMode']);

/** Maps are run from the page of table maps; of the rows they leave here, two fields may be changed, and rows deleted. */
const projectWriter: EntityWriter = {
  insert() {
    throw faults.readOnly('DualWriteProjectConfigurations');
  },
  update(before, values, store) {
    const other = Object.keys(values).find((name) => !editable.has(name) && values[name] !== before[name]);
    if (other !== undefined)
      throw refused(
        `'${other}' is set by dual-write. Change the table map; ${[...editable].join(' and ')} may be written here.`,
      );
    store.update(dualWriteProjects.shape, before, values);
  },
  delete: (before, store) => store.remove(dualWriteProjects.shape, before),
};

/**
 * What dual-write has set up here for each map that is started.
 *
 * Decided: AOT name, as of the one below. Administrators of the platform reach these rows with SQL: `ExternalEnvironmentUrl` and
 * `IsDebugMode` may be written here, and rows deleted; a map that is started, stopped, paused or resumed makes all of them anew.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/dual-write-troubleshooting-live-sync
 */
export const dualWriteProjects: EntityDefinition = defineEntity({
  name: 'DualWriteProjectConfigurationEntity',
  set: 'DualWriteProjectConfigurations',
  label: 'Dual write project configurations',
  id: 0x3001,
  key: ['ProjectName'],
  fields: [
    ...readFields('ProjectName', 'InternalEntityName', 'ExternalEntityName', 'ExternalLogicalEntityName'),
    ...readFields('Status:DualWriteProjectStatus', 'AsyncMode:DualWriteAsyncMode', 'SyncExecutionId'),
    ...long('ExternalEnvironmentUrl', 'ExternalLookupUrls', 'IntegrationKey', 'FieldMap', 'PartitionMap'),
    ...long('QueryFilterExpression', 'DualWriteAlertSettings', 'DualWriteAutoPauseThresholdSetting'),
    ...readFields('EnableBatchLookup:NoYes', 'EnableCache:NoYes', 'EnableFailureReconciliation:NoYes'),
    ...readFields('DisablePerfEnhancements:NoYes', 'IsDebugMode:NoYes', 'IsDelete:NoYes'),
  ],
  storedAs: 'fno$DualWriteProjectConfigurationEntity',
  writer: projectWriter,
});

/** The legal entities of each of them, and the companies of Dataverse that stand for them. */
export const dualWritePartitions = defineEntity({
  name: 'DualWriteProjectPartitionMappingEntity',
  set: 'DualWriteProjectPartitionMappings',
  label: 'Dual write project partition mappings',
  id: 0x3002,
  key: ['ProjectName', 'ExternalCompanyName', 'InternalCompanyName'],
  fields: readFields('ProjectName', 'ExternalCompanyName', 'InternalCompanyName'),
  storedAs: 'fno$DualWriteProjectPartitionMappingEntity',
  writer: readOnly('DualWriteProjectPartitionMappings'),
});
